import type { Texts } from './words.js';
import { formulas } from './fr-formulas.js';

const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;
const joined = (parts: string[]): string => (parts.length > 1 ? `${parts.slice(0, -1).join(', ')} et ${parts.at(-1)}` : (parts[0] ?? ''));

export const fr: Texts = {
  locale: 'fr-FR',
  comma: ', ',
  colon: ' : ',
  title: { WEEKLY: 'Rapport de sécurité hebdomadaire', MONTHLY: 'Rapport de sécurité mensuel' },
  sections: {
    verdict: 'Bilan', funnel: 'Des événements aux dossiers', waiting: 'En attente de votre part', cases: 'Dossiers', actions: 'Actions de réponse', clocks: 'Délais et niveaux de service',
    hunts: 'Chasses aux menaces', visibility: 'Visibilité', posture: 'Posture et recommandations', quality: 'Qualité de la détection', appendix: 'Annexe : calcul de chaque indicateur',
  },
  labels: {
    product: 'Détection et réponse managées', confidential: 'Confidentiel', case: 'Dossier', severity: 'Gravité', status: 'État', opened: 'Ouvert', contained: 'Confiné', resolved: 'Résolu',
    verdict: 'Conclusion', findings: 'Détections', action: 'Action', target: 'Cible', state: 'État', approvedBy: 'Accord', verified: 'Vérifiée', reverted: 'Annulée', since: 'Depuis', age: 'Ancienneté',
    what: 'Attendu de vous', subject: 'Objet', 'target-time': 'Objectif', due: 'Échéance', met: 'Atteint', late: 'Retard', level: 'Niveau de service', attained: 'Tenus', missed: 'Manqués', attainment: 'Taux',
    figure: 'Indicateur', median: 'Médiane', p90: '90e centile', n: 'Nombre', hypothesis: 'Hypothèse', technique: 'Technique', scope: 'Périmètre', events: 'Événements', eventsBefore: 'Période préc.', rows: 'Résultats',
    outcome: 'Issue', source: 'Source', kind: 'Type', lastSeen: 'Dernière réception', change: 'Évolution', recommendation: 'Recommandation', given: 'Émise', done: 'Suivie', open: 'Ouverte', rule: 'Règle de détection',
    falsePositives: 'Faux positifs', matches: 'Occurrences', reasons: 'Motif', value: 'Valeur', formula: 'Formule', query: 'Faits et champs', rootCause: 'Cause racine', patientZero: 'Premier système touché',
    cause: 'Cause', prevention: 'Prévention', initialAccess: 'Accès initial', attack: 'ATT&CK', timeline: 'Chronologie', known: 'connu', summary: 'Résumé', involved: 'Concernés', priority: 'Priorité',
    perDay: 'Détections par jour', containTimes: 'Délai de confinement par dossier', ours: 'Nous', yours: 'Vous', thirdParty: 'Tiers', silent: 'Muette', alive: 'Active', byPolicy: 'Politique de réponse',
    nobody: '—', nothingFound: 'Rien trouvé', notMet: 'Pas encore', allSources: 'Toutes les sources', noData: 'Pas de données', tuning: 'Réglages effectués', suppressions: 'Exceptions actives', cases: 'Dossiers',
    needingYou: 'Dossiers vous ayant sollicités', period: 'Période', timeZone: 'Fuseau horaire', responseMode: 'Modèle de réponse', waitedFor: 'Qui les dossiers ont attendu', stopped: 'Ce qui a été arrêté',
    usage: 'Usage et valeur', reference: 'Référence', posture: 'Posture', unattributed: 'Non précisé', businessHours: 'heures ouvrées', phase: 'Phase', breaches: 'Niveaux de service manqués', levelsAttained: 'Niveaux de service tenus',
  },
  figures: {
    'time-to-detect': 'Délai de détection', 'pipeline-delay': 'Délai de traitement', 'time-to-acknowledge': 'Délai de prise en charge', 'time-to-notify': 'Délai de notification',
    'time-to-contain': 'Délai de confinement', 'time-to-resolve': 'Délai de résolution', 'time-to-resolve-ours': 'dont nous', 'time-to-resolve-customer': 'dont vous', 'time-to-resolve-third-party': 'dont tiers',
    'time-to-approve': 'Délai de votre décision', events: 'Événements reçus', findings: 'Détections', cases: 'Dossiers ouverts', 'cases-needing-customer': 'Dossiers vous sollicitant', fidelity: 'Fidélité',
    'coverage-techniques': 'Couverture des techniques', 'coverage-sources': 'Sources actives', 'coverage-assets': 'Actifs émetteurs', satisfaction: 'Votre note', 'dead-letters': 'Messages mis de côté',
    bytes: 'Données reçues', assets: 'Actifs connus', 'analyst-minutes': 'Minutes d’analyste', 'actions-verified': 'Actions vérifiées', 'hours-saved': 'Heures épargnées', hunts: 'Chasses',
    'hunt-hypotheses': 'Hypothèses éprouvées', 'hunt-events': 'Événements fouillés', 'hunts-with-rows': 'Chasses fructueuses', 'hunt-time': 'Temps de recherche', 'sla-acknowledge': 'Pris en charge à temps',
    'sla-notify': 'Notifiés à temps', 'sla-contain': 'Confinés à temps', 'sla-resolve': 'Résolus à temps',
  },
  formulas,
  severities: { UNKNOWN: 'Inconnue', INFORMATIONAL: 'Information', LOW: 'Faible', MEDIUM: 'Moyenne', HIGH: 'Élevée', CRITICAL: 'Critique', FATAL: 'Fatale' },
  statuses: { NEW: 'Nouveau', IN_PROGRESS: 'En cours', ON_HOLD: 'En attente', RESOLVED: 'Résolu', CLOSED: 'Clos' },
  onHold: { NONE: 'sans motif', AWAITING_CUSTOMER: 'attend votre retour', AWAITING_APPROVAL: 'attend votre accord', AWAITING_THIRD_PARTY: 'attend un tiers' },
  phases: { IDENTIFICATION: 'Identification', CONTAINMENT: 'Confinement', ERADICATION: 'Éradication', RECOVERY: 'Rétablissement', LESSONS_LEARNED: 'Retour d’expérience' },
  verdicts: {
    UNKNOWN: 'En cours d’analyse', TRUE_POSITIVE: 'Vrai positif', FALSE_POSITIVE: 'Faux positif', BENIGN: 'Bénin', SUSPICIOUS: 'Suspect', TEST: 'Test', DUPLICATE: 'Doublon',
    INSUFFICIENT_DATA: 'Données insuffisantes', OTHER: 'Autre',
  },
  verdictReasons: {
    NONE: '—', EXPECTED_ACTIVITY: 'Activité attendue', AUTHORIZED_TEST: 'Test autorisé', PUP_PUA: 'Application indésirable', POLICY_VIOLATION: 'Écart aux règles internes', ATTACK_FAILED: 'Attaque échouée',
    IT_MISCONFIGURATION: 'Erreur de configuration', INCORRECT_RULE_LOGIC: 'Logique de règle incorrecte', INACCURATE_DATA: 'Données inexactes', OTHER: 'Autre',
  },
  actionClasses: { 'isolate-host': 'Isoler la machine', 'release-host': 'Lever l’isolement', 'suspend-user': 'Suspendre le compte', 'unsuspend-user': 'Rétablir le compte' },
  actionStates: {
    PROPOSED: 'Proposée', AWAITING_APPROVAL: 'Attend votre accord', APPROVED: 'Acceptée', DENIED: 'Refusée', EXPIRED: 'Accord expiré', GUIDED: 'Consignes transmises', SKIPPED: 'Interdite par la politique',
    EXECUTING: 'En exécution', SUCCEEDED: 'Exécutée, à vérifier', PARTIAL: 'Exécutée en partie', FAILED: 'Échouée', UNSUPPORTED: 'Non prise en charge', OUTCOME_UNKNOWN: 'Issue inconnue', VERIFIED: 'Effet vérifié',
    VERIFY_FAILED: 'Effet non constaté', REVERTING: 'En cours d’annulation', REVERTED: 'Annulée', DONE_BY_CUSTOMER: 'Faite par vous', RESOLVING: 'Cible en cours d’identification',
  },
  clocks: { ACKNOWLEDGE: 'Prise en charge', NOTIFY: 'Notification', CONTAIN: 'Confinement', RESOLVE: 'Résolution' },
  sources: {
    UNKNOWN: 'Autre', WINDOWS: 'Poste Windows', AWS_CLOUDTRAIL: 'AWS CloudTrail', OKTA: 'Okta', SURICATA: 'Suricata',
    AZURE: 'Azure', GCP_AUDIT: 'Google Cloud', M365: 'Microsoft 365', GOOGLE_WORKSPACE: 'Google Workspace', GITHUB: 'GitHub', LINUX: 'Poste Linux', MACOS: 'Poste macOS',
    ZEEK: 'Zeek', WEB_PROXY: 'Proxy web', DNS: 'DNS', FIREWALL: 'Pare-feu', WEB_SERVER: 'Serveur web', MIMECAST: 'Messagerie Mimecast', LOOKOUT: 'Mobile Lookout',
  },
  modes: { AUTHORIZE: 'Autorisation : nous agissons', COLLABORATE: 'Collaboration : nous agissons avec votre accord', NOTIFY: 'Notification : nous guidons, vous agissez' },
  waiting: { APPROVAL: 'Accord', GUIDANCE: 'Action de votre part', QUESTION: 'Réponse', ON_HOLD: 'Information', RECOMMENDATION: 'Recommandation' },
  timeline: {
    ACTIVITY: 'Activité', OPENED: 'Dossier ouvert', ACKNOWLEDGED: 'Pris en charge par un analyste', NOTIFIED: 'Vous avez été prévenus', QUESTION: 'Question', ANSWER: 'Réponse', ON_HOLD: 'En attente',
    CONTINUED: 'Reprise du travail', ACTION: 'Réponse', CONTAINED: 'Confiné, effet vérifié', RESOLVED: 'Résolu', CLOSED: 'Clos', REOPENED: 'Rouvert',
  },
  posture: {
    SOURCE_SILENT: (count, names) => `${plural(count, 'source de télémétrie est muette', 'sources de télémétrie sont muettes')} : ${names}`,
    ASSETS_UNSEEN: (count, names) => `${plural(count, 'actif connu n’apparaît pas', 'actifs connus n’apparaissent pas')} dans la télémétrie : ${names}`,
    TECHNIQUES_UNCOVERED: (count, names) => `${plural(count, 'technique visée', 'techniques visées')} sans règle testée sur une source active : ${names}`,
  },
  postureAdvice: {
    SOURCE_SILENT: 'Vérifiez l’agent, le relais ou l’identifiant de la source.',
    ASSETS_UNSEEN: 'Installez l’agent sur ces actifs, ou retirez-les de l’inventaire.',
    TECHNIQUES_UNCOVERED: 'Nous ajoutons des règles testées ; une source supplémentaire peut être nécessaire.',
  },
  verdict: {
    grey: () => 'Aucune télémétrie ne nous est parvenue pendant cette période : nous ne pouvons pas juger de votre sécurité.',
    red: ({ uncontained }) => `${plural(uncontained, 'dossier grave n’est pas encore confiné et demande', 'dossiers graves ne sont pas encore confinés et demandent')} votre attention immédiate.`,
    amber: ({ contained, waiting, breaches, silent }) => {
      const parts = [
        ...(waiting ? [plural(waiting, 'point attend votre retour', 'points attendent votre retour')] : []),
        ...(breaches ? [plural(breaches, 'niveau de service a été manqué', 'niveaux de service ont été manqués')] : []),
        ...(silent ? [plural(silent, 'source de télémétrie est muette', 'sources de télémétrie sont muettes')] : []),
      ];
      const first = contained ? plural(contained, 'dossier a été confiné', 'dossiers ont été confinés') : 'Aucun dossier grave ne reste sans confinement';
      return parts.length ? `${first} ; ${joined(parts)}.` : `${first} ; aucune action n’est attendue de vous.`;
    },
    green: ({ cases }) => (cases
      ? `Période calme : ${plural(cases, 'dossier a été examiné', 'dossiers ont été examinés')} et aucune action n’est attendue de vous.`
      : 'Période calme : rien n’a justifié l’ouverture d’un dossier et aucune action n’est attendue de vous.'),
  },
  empty: {
    waiting: 'Rien n’attend votre retour.', cases: 'Aucun dossier n’était ouvert pendant cette période.', actions: 'Aucune action de réponse n’a été menée pendant cette période.',
    breaches: 'Aucun niveau de service n’a été manqué.', hunts: 'Aucune chasse ne s’est achevée pendant cette période.', posture: 'Aucune lacune de visibilité n’a été constatée.',
    recommendations: 'Aucune recommandation n’est ouverte.', quality: 'Aucune règle n’a signalé de détection pendant cette période.', containments: 'Aucun dossier n’a été confiné pendant cette période.',
    clocks: 'Aucune échéance de niveau de service n’est tombée pendant cette période.', findings: 'Aucune détection n’a été signalée pendant cette période.',
    tuning: 'Aucun réglage et aucune exception ne sont consignés pour cette période.',
  },
  sentences: {
    funnel: (events, findings, cases, needing) => `Sur ${events} événements, ${findings} détections ont formé ${cases} dossiers, dont ${needing} vous ont sollicités.`,
    ratio: (count) => `1 sur ${count}`,
    omitted: (count) => `${plural(count, 'autre élément n’est pas présenté', 'autres éléments ne sont pas présentés')} ici ; le portail les contient tous.`,
    stopped: (action, target, at, caseNumber) => `${action} : ${target}, effet constaté le ${at} (${caseNumber}).`,
    saved: (hours) => `Environ ${hours} heures de tri ont été épargnées à votre équipe.`,
    assets: (sending, known) => (sending === null ? `${known} actifs sont connus ; aucune source n’indique lesquels ont émis.` : `${sending} actifs connus sur ${known} ont émis de la télémétrie.`),
    techniques: (covered, inScope) => `${covered} techniques ATT&CK visées sur ${inScope} disposent d’une règle testée et d’une télémétrie active.`,
    rating: (median, n) => `Médiane de ${median} sur 5, pour ${n} notes.`,
    percentile: 'Médiane : valeur centrale (moyenne des deux valeurs centrales pour un nombre pair). 90e centile : rang le plus proche. L’absence de données est indiquée comme telle, jamais par zéro.',
    verify: 'Chaque indicateur peut être recalculé à partir des faits cités ici avec « vigie report verify ».',
  },
  duration: { day: 'j', hour: 'h', minute: 'min', second: 's', ms: 'ms' },
};
