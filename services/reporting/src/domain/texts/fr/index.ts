import type { ReportTexts } from '../report-texts.js';
import { figures } from './figures.js';
import { formulas } from './formulas.js';
import { labels } from './labels.js';
import { sentences } from './sentences.js';
import { states } from './states.js';

export const fr: ReportTexts = {
  locale: 'fr-FR',
  comma: ', ',
  colon: ' : ',
  title: { WEEKLY: 'Rapport de sécurité hebdomadaire', MONTHLY: 'Rapport de sécurité mensuel' },
  sections: {
    verdict: 'Bilan',
    funnel: 'Des événements aux dossiers',
    waiting: 'En attente de votre part',
    cases: 'Dossiers',
    actions: 'Actions de réponse',
    clocks: 'Délais et niveaux de service',
    hunts: 'Chasses aux menaces',
    visibility: 'Visibilité',
    posture: 'Posture et recommandations',
    quality: 'Qualité de la détection',
    appendix: 'Annexe : calcul de chaque indicateur',
  },
  labels,
  figures,
  formulas,
  ...states,
  ...sentences,
  duration: { day: 'j', hour: 'h', minute: 'min', second: 's', ms: 'ms' },
};
