import { table } from '../terminal/print.js';

export interface ShownBacktest {
  from: string;
  to: string;
  scanned: number;
  daysScanned: number;
  elapsedMs: number | null;
  failures: { file: string; line: number; reason: string }[];
  failure: string | null;
  cut: string | null;
  rules: {
    ruleId: string;
    title: string;
    level: string;
    matches: number;
    findings: number;
    findingsPerDay: number;
    costMs: number;
    groups: { key: string; matches: number; findings: number }[];
    samples: { eventId: string; occurredAt: string; entity: string; native: string }[];
  }[];
}

const TITLE = 60;
const NATIVE = 200;
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const detail = ({ title, ruleId, groups, samples }: ShownBacktest['rules'][number]): string[] => [
  `${title} (${ruleId})`,
  ...groups.map(({ key, matches, findings }) => `  findings ${findings}, matches ${matches}: ${key}`),
  ...samples.map(
    ({ occurredAt, entity, native }) => `  ${occurredAt} ${entity} ${cut(native.replaceAll(/\s+/g, ' '), NATIVE)}`,
  ),
];

/** A backtest for people: a line each rule, then what the busiest matched. */
export const backtestText = ({ scanned, daysScanned, elapsedMs, failures, cut: why, rules }: ShownBacktest): string =>
  [
    `${scanned} events of ${daysScanned.toFixed(1)} days in ${((elapsedMs ?? 0) / 1_000).toFixed(1)} s${why ? `; not whole: ${why}` : ''}`,
    ...failures.map(({ file, line, reason }) => `not tried: ${file}:${line}: ${reason}`),
    ...(rules.length
      ? [
          '',
          table(
            ['rule', 'level', 'findings a day', 'findings', 'matches', 'ms'],
            rules.map(({ title, level, matches, findings, findingsPerDay, costMs }) => [
              cut(title, TITLE),
              level.toLowerCase(),
              Number(findingsPerDay.toFixed(2)),
              findings,
              matches,
              Number(costMs.toFixed(1)),
            ]),
          ),
        ]
      : []),
    ...rules.filter(({ matches }) => matches > 0).flatMap((rule) => ['', ...detail(rule)]),
  ].join('\n');
