import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from './pack.js';
import { replay } from './replay.js';
import type { NamedRules } from './rule-sets.js';
import { scoreOf, shareOf, volumeOf, type Score, type Volume } from './score.js';

type RegressionCase = { rule_id: string; title: string; recording_json: string; other_rules_pysigma_sqlite: string[] };

/** Documents written one after the other, each closed by a brace at the start of a line; each as one line. */
const documents = (text: string): string[] =>
  text
    .split(/(?<=^\})\s*$/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.stringify(JSON.parse(part)));

/**
 * SigmaHQ's own regression recordings: each was made for one rule, which must match. Precision counts pairs of
 * recording and rule that are the recorded one or that another engine found as well.
 */
export const regression = async (pack: string, { name, rules, titles }: NamedRules): Promise<Score> => {
  const cases = readLines<RegressionCase>(pack, 'sigma', 'regression', 'expected.jsonl');
  const failures: Pick<Score, 'missed' | 'false'> = { missed: [], false: [] };
  const volumes: Volume[] = [];
  let [pairs, known] = [0, 0];
  for (const { rule_id: wanted, title, recording_json: path, other_rules_pysigma_sqlite: others } of cases) {
    const lines = documents(
      readFileSync(join(pack, 'sigma', 'regression', path.replace('regression_data/', '')), 'utf8'),
    );
    const {
      events,
      matches,
      findings,
      cases: made,
    } = await replay(
      title,
      lines.map((line) => ({ kind: 'WINDOWS' as const, line })),
      rules,
    );
    const found = new Set(matches.map(({ ruleId }) => ruleId));
    const unknown = [...found].filter((id) => id !== wanted && !others.includes(id));
    if (!found.has(wanted)) failures.missed.push(title);
    failures.false.push(...unknown.map((id) => `${title}: ${titles.get(id) ?? id}`));
    pairs += found.size;
    known += found.size - unknown.length;
    volumes.push({ events, matches: matches.length, findings: findings.length, cases: made });
  }
  return scoreOf(
    { source: 'regression', rules: name },
    volumeOf(volumes),
    shareOf(cases.length - failures.missed.length, cases.length),
    shareOf(known, pairs),
    failures,
  );
};
