import type { Adjudicated, Judgement } from './adjudicated.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: (string | number)[]): string => `| ${cells.map((one) => cell(String(one))).join(' | ')} |`;
const lastOf = (path: string): string => path.split('/').at(-1) ?? path;

const section = ({ title, about, differences }: Judgement, reasons: Adjudicated['reasons']): string[] => {
  const named = differences.some(({ recording }) => recording !== undefined);
  const head = [...(named ? ['recording'] : []), 'rule', 'title', 'only', 'count', 'right', 'reason'];
  const rows = differences.map(({ recording = '', ruleId, title: rule, only, count, reason }) =>
    row([
      ...(named ? [lastOf(recording)] : []),
      `\`${ruleId}\``,
      rule,
      only,
      count,
      reasons[reason]?.right ?? '',
      `[${reason}](#${reason})`,
    ]),
  );
  return [
    `## ${title}`,
    '',
    about,
    '',
    ...(rows.length > 0 ? [row(head), row(head.map(() => '---')), ...rows] : ['No difference.']),
    '',
  ];
};

/** docs/engine/differences.md, of the judgements. */
export const renderDifferences = ({ reasons, referees }: Adjudicated): string =>
  [
    '# Where libs/sigma and other engines differ',
    '',
    'Every difference that was found on real events, judged against the Sigma specification 2.1. Made from `tools/bench/adjudicated.json` by',
    '`npm run -s bench -- differences > docs/engine/differences.md`; `bench referee` and `bench truth` end with 1 when they find a difference that is not here.',
    '',
    ...Object.values(referees).flatMap((one) => section(one, reasons)),
    '## Reasons',
    '',
    ...Object.entries(reasons).flatMap(([name, { right, clause, why }]) => [
      `### ${name}`,
      '',
      `Right: **${right}**. Specification: ${clause}.`,
      '',
      why,
      '',
    ]),
  ].join('\n');
