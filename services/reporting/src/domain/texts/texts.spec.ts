import { textsOf } from './index.js';

const keys = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`))
    : [`${path}: ${typeof value}`];

const languages = ['EN', 'FR', 'JA'] as const;

it.each(languages)('has the same words in %s as in English', (language) =>
  expect(keys(textsOf(language)).sort()).toEqual(keys(textsOf('EN')).sort()),
);

it.each(languages)('has no empty word in %s', (language) => {
  const empty = (value: unknown): boolean =>
    typeof value === 'object' && value !== null ? Object.values(value).some(empty) : value === '';
  expect(empty(textsOf(language))).toBe(false);
});

const counts = {
  uncontained: 1,
  handedOver: 0,
  contained: 2,
  serious: 2,
  waiting: 1,
  breaches: 3,
  silent: 1,
  gaps: 0,
  cases: 4,
};

it('speaks of one and of many', () => {
  expect(textsOf('EN').verdict.red(counts)).toBe('1 serious case is not contained yet and needs attention now.');
  expect(textsOf('EN').verdict.amber(counts)).toBe(
    '2 cases were contained; 1 item is waiting on you, 3 service levels were missed and 1 telemetry source is silent.',
  );
  expect(textsOf('FR').verdict.amber(counts)).toBe(
    '2 dossiers ont été confinés ; 1 point attend votre retour, 3 niveaux de service ont été manqués et 1 source de télémétrie est muette.',
  );
  expect(textsOf('JA').verdict.amber(counts)).toBe(
    'ケース 2 件を封じ込めました。お客様の対応待ちが 1 件、サービスレベル未達が 3 件、無通信のソースが 1 件あります。',
  );
});

it.each([
  ['EN', 'No serious case is left uncontained; 2 posture items are open.'],
  ['FR', 'Aucun dossier grave ne reste sans confinement ; 2 points de posture restent ouverts.'],
  ['JA', '封じ込めに至っていない重大なケースはありません。未対応のポスチャ項目が 2 件あります。'],
] as const)('names open posture items in %s', (language, sentence) => {
  const none = {
    uncontained: 0,
    handedOver: 0,
    contained: 0,
    serious: 0,
    waiting: 0,
    breaches: 0,
    silent: 0,
    cases: 0,
  };
  expect(textsOf(language).verdict.amber({ ...none, gaps: 2 })).toBe(sentence);
});

it.each([
  ['EN', '2 serious cases are dealt with as you told us, which we have not seen; nothing is left for you to do.'],
  [
    'FR',
    '2 dossiers graves sont traités selon vous, sans que nous l’ayons constaté ; aucune action n’est attendue de vous.',
  ],
  [
    'JA',
    '重大なケース 2 件は対処済みとお客様から伺っていますが、当社では確認していません。お客様にお願いする事項はありません。',
  ],
] as const)('says in %s what only the customer saw', (language, sentence) => {
  const none = { uncontained: 0, contained: 0, serious: 2, waiting: 0, breaches: 0, silent: 0, gaps: 0, cases: 2 };
  expect(textsOf(language).verdict.amber({ ...none, handedOver: 2 })).toBe(sentence);
});

it('writes numbers as the reader does, and the words beside them in their form', () => {
  const counted = (count: number) => ({ count, text: String(count) });
  const [one, two] = [counted(1), counted(2)];
  const told = (language: (typeof languages)[number], count: typeof one): string[] => {
    const { funnel, assets, techniques } = textsOf(language).sentences;
    return [funnel(count, count, count, count), assets(null, count), assets(count, count), techniques(count, count)];
  };
  expect(told('EN', one)).toEqual([
    'Out of 1 event came 1 finding in 1 case, of which 1 needed you.',
    '1 asset is known; no source tells which of them sent telemetry.',
    '1 of 1 known asset sent telemetry.',
    'Of 1 ATT&CK technique that rules for your sources address, 1 has a tested rule and live telemetry; what no rule addresses is not counted.',
  ]);
  expect(told('EN', two)[0]).toBe('Out of 2 events came 2 findings in 2 cases, of which 2 needed you.');
  expect(told('FR', one)).toEqual([
    'Sur 1 événement, 1 détection a formé 1 dossier, dont 1 vous a sollicités.',
    '1 actif est connu ; aucune source n’indique lesquels ont émis.',
    '1 actif connu sur 1 a émis de la télémétrie.',
    'Sur 1 technique ATT&CK visée par les règles de vos sources, 1 dispose d’une règle testée et d’une télémétrie active ; ce qu’aucune règle ne vise n’est pas compté.',
  ]);
  expect(told('FR', two)[2]).toBe('2 actifs connus sur 2 ont émis de la télémétrie.');
});
