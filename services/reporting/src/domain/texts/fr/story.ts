import type { StoryTexts } from '../story-texts.js';

const tactics: StoryTexts['tactics'] = {
  reconnaissance: { name: 'Reconnaissance', means: 'Quelqu’un a cherché par où entrer.' },
  'resource-development': { name: 'Préparation de moyens', means: 'Quelqu’un a préparé les moyens d’une attaque.' },
  'initial-access': { name: 'Accès initial', means: 'Quelqu’un a tenté d’entrer, ou est entré.' },
  execution: { name: 'Exécution', means: 'Quelqu’un a lancé ses propres programmes sur vos systèmes.' },
  persistence: { name: 'Persistance', means: 'Quelqu’un s’est assuré de pouvoir revenir.' },
  'privilege-escalation': {
    name: 'Élévation de privilèges',
    means: 'Quelqu’un a tenté d’obtenir plus de droits qu’il n’en avait.',
  },
  stealth: { name: 'Furtivité', means: 'Quelqu’un a tenté de ne pas être vu.' },
  'defense-evasion': {
    name: 'Contournement des défenses',
    means: 'Quelqu’un a tenté de ne pas être vu, ou de se faire passer pour un autre.',
  },
  'defense-impairment': {
    name: 'Affaiblissement des défenses',
    means: 'Quelqu’un a affaibli ce qui protège vos systèmes.',
  },
  'credential-access': {
    name: 'Accès aux identifiants',
    means: 'Quelqu’un a tenté d’obtenir des mots de passe ou des clés.',
  },
  discovery: { name: 'Découverte', means: 'Quelqu’un a exploré vos systèmes pour savoir ce qui s’y trouve.' },
  'lateral-movement': {
    name: 'Déplacement latéral',
    means: 'Quelqu’un a tenté de passer d’un système à un autre.',
  },
  collection: { name: 'Collecte', means: 'Quelqu’un a rassemblé des données qui valent d’être volées.' },
  'command-and-control': {
    name: 'Commande et contrôle',
    means: 'L’un de vos systèmes a parlé à quelqu’un qui peut le diriger.',
  },
  exfiltration: { name: 'Exfiltration', means: 'Des données ont pu quitter vos systèmes.' },
  impact: { name: 'Impact', means: 'Quelqu’un a tenté d’abîmer, de chiffrer ou d’interrompre quelque chose.' },
};

const KINDS: Record<string, [string, string]> = {
  hash: ['empreinte de fichier', 'empreintes de fichiers'],
  ip: ['adresse', 'adresses'],
  domain: ['domaine', 'domaines'],
  url: ['adresse web', 'adresses web'],
  process: ['processus', 'processus'],
  file: ['fichier', 'fichiers'],
  'cloud-account': ['compte cloud', 'comptes cloud'],
};

export const story: StoryTexts = {
  parts: {
    HAPPENED: 'Ce qui s’est passé',
    MEANS: 'Ce que cela signifie',
    WE_DID: 'Ce que nous avons fait',
    YOU_DO: 'Ce que vous faites',
  },
  tactics,
  kinds: (kind, { count, text }) => `${text} ${KINDS[kind]?.[count < 2 ? 0 : 1] ?? kind}`,
  headline: (tactic, where) => (where ? `${tactic} : ${where}` : tactic),
  seen: (title, at, where, who) =>
    `Le ${at}, nous avons vu « ${title} »${where ? ` sur ${where}` : ''}${who ? `, sous le compte ${who}` : ''}.`,
  more: ({ count, text }, from, to) =>
    count === 1
      ? `Une autre détection s’y rattache, du ${from}.`
      : `${text} autres détections s’y rattachent, du ${from} au ${to}.`,
  reported: {
    CUSTOMER: (at) => `Le ${at}, vous nous avez demandé de regarder.`,
    PROVIDER: (at) => `Le ${at}, l’un de nos analystes a ouvert ce dossier.`,
    SYSTEM: (at) => `Ce dossier a été ouvert le ${at}.`,
  },
  critical: (name, criticality) =>
    `${name} est ${criticality === 'CRITICAL' ? 'd’une importance critique' : 'important'} pour vous.`,
  indicator: 'Une adresse, un nom ou un fichier y est connu d’autres attaques.',
  verdict: {
    TRUE_POSITIVE: 'C’était une véritable attaque.',
    FALSE_POSITIVE: 'C’était une fausse alerte.',
    BENIGN: 'C’était sans danger.',
    SUSPICIOUS: 'Cela reste suspect : nous n’avons trouvé ni preuve, ni explication innocente.',
    TEST: 'C’était un test.',
    DUPLICATE: 'Un autre dossier en parlait déjà.',
    INSUFFICIENT_DATA: 'Les données ne suffisent pas pour dire ce que c’était.',
    OTHER: 'Nous sommes parvenus à une conclusion.',
  },
  reason: (reason) => `Motif : ${reason.toLowerCase()}.`,
  summary: (text) => `Notre analyste écrit : « ${text} »`,
  unjudged: 'Nous cherchons encore ce que c’est.',
  acknowledged: (after) => `Un analyste l’a pris en charge au bout de ${after}.`,
  told: (contact, channel, at) => `Nous avons prévenu ${contact} par ${channel} le ${at}.`,
  actions: {
    VERIFIED: ({ action, target, at }) => `${action}, ${target} : fait, et le ${at} nous en avons vu l’effet.`,
    SUCCEEDED: ({ action, target, at }) =>
      `${action}, ${target} : fait le ${at} ; nous n’en avons pas encore vu l’effet.`,
    REVERTED: ({ action, target, at }) => `${action}, ${target} : annulé le ${at}.`,
    DENIED: ({ action, target, at }) => `${action}, ${target} : vous l’avez refusé le ${at}.`,
    EXPIRED: ({ action, target, at }) => `${action}, ${target} : pas fait, faute de réponse avant le ${at}.`,
    FAILED: ({ action, target, at }) => `${action}, ${target} : échec le ${at}.`,
    VERIFY_FAILED: ({ action, target, at }) =>
      `${action}, ${target} : fait, mais le ${at} nous avons vu que c’est sans effet.`,
    DONE_BY_CUSTOMER: ({ action, target, at }) => `${action}, ${target} : le ${at}, vous nous avez dit l’avoir fait.`,
  },
  action: ({ action, target, state, at }) => `${action}, ${target} : ${state.toLowerCase()}, ${at}.`,
  nobodyAsked: ({ action, target, at }) =>
    `${action}, ${target} : pas fait, car jusqu’au ${at} nous n’avons pu joindre personne pour demander votre accord.`,
  givenBackByAnother: ({ action, target, at }) =>
    `${action}, ${target} : plus en vigueur ; le ${at}, nous avons vu qu’une autre mesure y avait mis fin.`,
  undoFailed: ({ action, target, at }) =>
    `${action}, ${target} : pas encore annulé le ${at} ; on ne sait pas si la mesure tient toujours.`,
  contained: (at) => `L’attaque a ainsi été confinée le ${at}.`,
  closed: (at) => `Le dossier a été clos le ${at}.`,
  nothingDone: 'Aucun analyste ne l’a encore pris en charge.',
  approve: (action, target) => `Dites-nous si nous pouvons : ${action}, ${target}.`,
  guidance: (action, target) => `Faites ceci, pas à pas comme l’indique le portail : ${action}, ${target}.`,
  reply: (text) => `Répondez à : « ${text} »`,
  held: {
    NONE: 'Contactez-nous : le dossier est en attente.',
    AWAITING_CUSTOMER: 'Contactez-nous : le dossier attend votre retour.',
    AWAITING_APPROVAL: 'Contactez-nous : le dossier attend votre accord.',
    AWAITING_THIRD_PARTY: 'Rien pour l’instant : le dossier attend un tiers.',
  },
  follow: (text) => `Nous recommandons : « ${text} »`,
  alsoAs: (names) => `aussi ${names}`,
  holds: (action, target, until) =>
    `${action}, ${target} : la mesure tient toujours${until ? ` et prend fin d’elle-même au plus tard le ${until}` : ''}. Dites-nous s’il faut la lever plus tôt.`,
  prevent: (text) => `Pour que cela ne se reproduise pas : « ${text} »`,
  nothingYet: 'Rien pour l’instant : nous y travaillons.',
  nothingToDo: 'Rien.',
};
