import type { ReportCount } from '../count.js';
import type { SentenceTexts } from '../report-texts.js';

const of = ({ count, text }: ReportCount, one: string, many: string): string => `${text} ${count < 2 ? one : many}`;
const plural = (count: number, one: string, many: string): string => of({ count, text: `${count}` }, one, many);
const joined = (parts: string[]): string =>
  parts.length > 1 ? `${parts.slice(0, -1).join(', ')} et ${parts.at(-1)}` : (parts[0] ?? '');

export const sentences: SentenceTexts = {
  posture: {
    SOURCE_SILENT: (count, names) =>
      `${plural(count, 'source de télémétrie est muette', 'sources de télémétrie sont muettes')} : ${names}`,
    ASSETS_UNSEEN: (count, names) =>
      `${plural(count, 'actif connu n’apparaît pas', 'actifs connus n’apparaissent pas')} dans la télémétrie : ${names}`,
    TECHNIQUES_UNCOVERED: (count, names) =>
      `${plural(count, 'technique visée', 'techniques visées')} par les règles de vos sources sans règle testée sur une source active : ${names}`,
  },
  postureAdvice: {
    SOURCE_SILENT: 'Vérifiez l’agent, le relais ou l’identifiant de la source.',
    ASSETS_UNSEEN: 'Installez l’agent sur ces actifs, ou retirez-les de l’inventaire.',
    TECHNIQUES_UNCOVERED: 'Nous ajoutons des règles testées ; une source supplémentaire peut être nécessaire.',
  },
  verdict: {
    grey: () =>
      'Aucune télémétrie ne nous est parvenue pendant cette période : nous ne pouvons pas juger de votre sécurité.',
    red: ({ uncontained }) =>
      `${plural(uncontained, 'dossier grave n’est pas encore confiné et demande', 'dossiers graves ne sont pas encore confinés et demandent')} votre attention immédiate.`,
    amber: ({ contained, handedOver, waiting, breaches, silent, gaps }) => {
      const parts = [
        ...(waiting ? [plural(waiting, 'point attend votre retour', 'points attendent votre retour')] : []),
        ...(breaches ? [plural(breaches, 'niveau de service a été manqué', 'niveaux de service ont été manqués')] : []),
        ...(silent ? [plural(silent, 'source de télémétrie est muette', 'sources de télémétrie sont muettes')] : []),
        ...(gaps ? [plural(gaps, 'point de posture reste ouvert', 'points de posture restent ouverts')] : []),
      ];
      const told = [
        ...(contained ? [plural(contained, 'dossier a été confiné', 'dossiers ont été confinés')] : []),
        ...(handedOver
          ? [
              `${plural(handedOver, 'dossier grave est traité', 'dossiers graves sont traités')} selon vous, sans que nous l’ayons constaté`,
            ]
          : []),
      ];
      const first = told.join(' ; ') || 'Aucun dossier grave ne reste sans confinement';
      return parts.length ? `${first} ; ${joined(parts)}.` : `${first} ; aucune action n’est attendue de vous.`;
    },
    green: ({ cases }) =>
      cases
        ? `Période calme : ${plural(cases, 'dossier a été examiné', 'dossiers ont été examinés')} et aucune action n’est attendue de vous.`
        : 'Période calme : rien n’a justifié l’ouverture d’un dossier et aucune action n’est attendue de vous.',
  },
  empty: {
    waiting: 'Rien n’attend votre retour.',
    waitingUncontained:
      'Nous ne vous avons encore rien demandé, mais ce qui n’est pas confiné n’est pas terminé : parlez à votre analyste des dossiers ouverts ci-dessous.',
    cases: 'Aucun dossier n’était ouvert pendant cette période.',
    actions: 'Aucune action de réponse n’a été menée pendant cette période.',
    breaches: 'Aucun niveau de service n’a été manqué.',
    hunts: 'Aucune chasse ne s’est achevée pendant cette période.',
    posture: 'Aucune lacune de visibilité n’a été constatée.',
    recommendations: 'Aucune recommandation n’est ouverte.',
    quality: 'Aucune règle n’a signalé de détection pendant cette période.',
    containments: 'Aucun dossier n’a été confiné pendant cette période.',
    clocks: 'Aucune échéance de niveau de service n’est tombée pendant cette période.',
    findings: 'Aucune détection n’a été signalée pendant cette période.',
    tuning: 'Aucun réglage et aucune exception ne sont consignés pour cette période.',
  },
  sentences: {
    funnel: (events, findings, cases, needing) =>
      [
        `Sur ${of(events, 'événement', 'événements')},`,
        of(findings, 'détection a formé', 'détections ont formé'),
        `${of(cases, 'dossier', 'dossiers')}, dont ${of(needing, 'vous a sollicités', 'vous ont sollicités')}.`,
      ].join(' '),
    ratio: (count) => `1 sur ${count}`,
    findingsIn: (opened, earlier, none) =>
      `Parmi ces détections, ${opened.text} ${opened.count < 2 ? 'relève' : 'relèvent'} de dossiers ouverts pendant la période, ${earlier.text} de dossiers antérieurs et ${none.text} d’aucun.`,
    casesTold: (opened, earlier) =>
      `${of(opened, 'dossier a été ouvert', 'dossiers ont été ouverts')} pendant la période ; ${of(earlier, 'dossier antérieur est présenté', 'dossiers antérieurs sont présentés')} aussi.`,
    value: (handled, minutes, saved) =>
      `Heures épargnées : ${of(handled, 'détection traitée', 'détections traitées')} sans vous × ${minutes} minutes chacune (notre hypothèse) = ${saved}.`,
    trend: {
      better: (names) => `Mieux que la période précédente : ${names}.`,
      worse: (names) => `Moins bien que la période précédente : ${names}.`,
      alike: (names) => `Comme la période précédente : ${names}.`,
    },
    omitted: (count) =>
      `${plural(count, 'autre élément n’est pas présenté', 'autres éléments ne sont pas présentés')} ici ; le portail les contient tous.`,
    stopped: (action, target, at, caseNumber) => `${action} : ${target}, effet constaté le ${at} (${caseNumber}).`,
    notVerified: (action, target, why, caseNumber) =>
      `${action} : ${target}, effet pas encore prouvé : ${why} (${caseNumber}).`,
    assets: (sending, known) =>
      sending === null
        ? `${of(known, 'actif est connu', 'actifs sont connus')} ; aucune source n’indique lesquels ont émis.`
        : `${of(sending, 'actif connu', 'actifs connus')} sur ${known.text} ${sending.count < 2 ? 'a' : 'ont'} émis de la télémétrie.`,
    techniques: (covered, inScope) =>
      [
        `Sur ${of(inScope, 'technique ATT&CK visée', 'techniques ATT&CK visées')} par les règles de vos sources,`,
        `${covered.text} ${covered.count < 2 ? 'dispose' : 'disposent'} d’une règle testée et d’une télémétrie active ; ce qu’aucune règle ne vise n’est pas compté.`,
      ].join(' '),
    percentile:
      'Médiane : valeur centrale (moyenne des deux valeurs centrales pour un nombre pair). 90e centile : rang le plus proche. L’absence de données est indiquée comme telle, jamais par zéro.',
    verify: 'Chaque indicateur peut être recalculé à partir des faits cités ici avec « vigie report verify ».',
  },
};
