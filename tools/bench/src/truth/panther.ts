import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '#contracts';
import { readLines } from './pack.js';
import { replay, type ReplayOutcome } from './replay.js';
import type { NamedRules } from './rule-sets.js';
import { scoreOf, shareOf, volumeOf, type Score, type Volume } from './score.js';

/**
 * Which of our rules look for what a labelled rule looks for; labelled rules we have nothing for are not there. Ids
 * alone.
 */
export type PantherMap = Record<string, { kind: SourceKind; rules: Record<string, string[]> }>;

export const PANTHER_MAP = join('tools', 'bench', 'panther.json');

type Labelled = { rule_id: string; test_name: string; expected_result: boolean; event: object };

/** What labelled events showed: attacks found and missed, and matches where there should be none. */
type PantherTally = { volume: Volume[]; found: number; wanted: number; missed: string[]; false: string[] };

/** @param outcome of the events in the order of the tests. */
export const tallyOf = (
  tests: readonly Pick<Labelled, 'rule_id' | 'test_name' | 'expected_result'>[],
  ours: readonly string[],
  outcome: Pick<ReplayOutcome, 'matches'>,
): Omit<PantherTally, 'volume'> => {
  const matched = new Set(outcome.matches.filter(({ ruleId }) => ours.includes(ruleId)).map(({ event }) => event));
  const tally = { found: 0, wanted: 0, missed: [] as string[], false: [] as string[] };
  for (const [index, { rule_id: rule, test_name: name, expected_result: expected }] of tests.entries()) {
    if (expected) tally.wanted++;
    if (expected && matched.has(index)) tally.found++;
    if (expected && !matched.has(index)) tally.missed.push(`${rule}: ${name}`);
    if (!expected && matched.has(index)) tally.false.push(`${rule}: ${name}`);
  }
  return tally;
};

const scoreFamily = async (
  family: string,
  { kind, rules }: PantherMap[string],
  labelled: readonly Labelled[],
  own: NamedRules,
): Promise<Score> => {
  const sum: PantherTally = { volume: [], found: 0, wanted: 0, missed: [], false: [] };
  for (const [theirs, ours] of Object.entries(rules)) {
    const tests = labelled.filter(({ rule_id: id }) => id === theirs);
    const outcome = await replay(
      theirs,
      tests.map(({ event }) => ({ kind, line: JSON.stringify(event) })),
      own.rules,
    );
    const tally = tallyOf(tests, ours, outcome);
    sum.volume.push({
      events: outcome.events,
      matches: outcome.matches.length,
      findings: outcome.findings.length,
      cases: outcome.cases,
    });
    sum.found += tally.found;
    sum.wanted += tally.wanted;
    sum.missed.push(...tally.missed);
    sum.false.push(...tally.false);
  }
  return scoreOf(
    { source: `panther/${family}`, rules: own.name },
    volumeOf(sum.volume),
    shareOf(sum.found, sum.wanted),
    shareOf(sum.found, sum.found + sum.false.length),
    sum,
  );
};

/** All of them together, counted event by event. */
const totalOf = (scores: readonly Score[]): Score => {
  const sum = (of: (score: Score) => number): number => scores.reduce((total, score) => total + of(score), 0);
  const found = sum(({ recall }) => recall.found);
  const failures = { missed: scores.flatMap(({ missed }) => missed), false: scores.flatMap((score) => score.false) };
  return scoreOf(
    { source: 'panther', rules: scores[0]?.rules ?? '' },
    volumeOf(scores),
    shareOf(
      found,
      sum(({ recall }) => recall.of),
    ),
    shareOf(
      found,
      sum(({ precision }) => precision.of),
    ),
    failures,
  );
};

/**
 * Events that Panther's rules must and must not fire on, where our own rules look for the same: by source, then all.
 */
export const panther = async (pack: string, own: NamedRules): Promise<Score[]> => {
  const map = JSON.parse(readFileSync(PANTHER_MAP, 'utf8')) as PantherMap;
  const scores: Score[] = [];
  for (const [family, one] of Object.entries(map)) {
    if (!existsSync(join(pack, 'panther-labelled', `${family}.jsonl`))) continue;
    scores.push(await scoreFamily(family, one, readLines<Labelled>(pack, 'panther-labelled', `${family}.jsonl`), own));
  }
  return scores.length > 0 ? [...scores, totalOf(scores)] : [];
};
