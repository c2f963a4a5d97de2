import type { ReportTexts } from '../report-texts.js';
import { figures } from './figures.js';
import { formulas } from './formulas.js';
import { labels } from './labels.js';
import { sentences } from './sentences.js';
import { states } from './states.js';
import { story } from './story.js';
import { techniques } from './techniques.js';

export const fr: ReportTexts = {
  locale: 'fr-FR',
  comma: ', ',
  colon: ' : ',
  channels: {
    mail: 'courriel',
    phone: 'téléphone',
    call: 'téléphone',
    webhook: 'webhook',
    portal: 'le portail',
    slack: 'Slack',
    teams: 'Teams',
  },
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
  story,
  techniques,
  duration: { day: 'j', hour: 'h', minute: 'min', second: 's', ms: 'ms' },
};
