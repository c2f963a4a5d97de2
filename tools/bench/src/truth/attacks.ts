import type { SourceKind } from '#contracts';
import type { NamedRules } from './rule-sets.js';
import { scoreByLabels, type Label } from './labels.js';
import { readLines } from './pack.js';
import { comparePairs, type ExpectedMatch, type PairReport } from './pairs.js';
import { otrfRecordings, stratusRecordings, type Recording } from './recordings.js';
import { replay, type Native, type ReplayOutcome } from './replay.js';
import type { Score } from './score.js';

type OtrfTruth = {
  title: string;
  techniques: string[];
  tactics: string[];
  recordings: { path: string; present: boolean }[];
};
type StratusTruth = { recording: string; technique: string; tactics: string[]; ttc: string[] };

/**
 * What recorded attacks showed: how each set of rules scored, and how SigmaHQ's matches compare with another engine's.
 */
export type Attacks = { scores: Score[]; pairs: PairReport | undefined };

const otrfLabels = (pack: string): Label[] =>
  readLines<OtrfTruth>(pack, 'expected', 'otrf-ground-truth.jsonl').map(({ title, techniques, recordings }) => ({
    name: title,
    techniques,
    tactics: [],
    recordings: recordings.map(({ path }) => path),
  }));

/**
 * A detonation is one attack, told by its tactics too. Ids of another cloud matrix (T1078.A001) count by their parent.
 */
const stratusLabels = (pack: string): Label[] =>
  readLines<StratusTruth>(pack, 'expected', 'stratus-ground-truth.jsonl').map(
    ({ recording, technique, tactics, ttc }) => ({
      name: technique,
      tactics,
      recordings: [recording],
      techniques: ttc.map((one) => one.replace(/\.[A-Z]\d+$/, '')),
    }),
  );

/** What the other engine was given rules and names of fields for, by its own statement. */
const REFEREED: readonly SourceKind[] = ['WINDOWS', 'AWS_CLOUDTRAIL'];

const outcomesOf = async (
  recordings: readonly Recording[],
  sets: readonly NamedRules[],
  say: (line: string) => void,
): Promise<Map<string, ReplayOutcome>[]> => {
  const outcomes = sets.map(() => new Map<string, ReplayOutcome>());
  for (const [number, { path, lines }] of recordings.entries()) {
    const all: Native[] = [];
    for await (const line of lines()) all.push(line);
    say(`${number + 1} of ${recordings.length}: ${all.length} lines of ${path}`);
    for (const [index, { rules }] of sets.entries()) outcomes[index]?.set(path, await replay(path, all, rules));
  }
  return outcomes;
};

const attacks = async (
  source: string,
  recordings: Recording[],
  labels: Label[],
  expected: ExpectedMatch[],
  sets: readonly NamedRules[],
  say: (line: string) => void,
): Promise<Attacks> => {
  const outcomes = await outcomesOf(recordings, sets, say);
  const scores = sets.map(({ name }, index) =>
    scoreByLabels({ source, rules: name }, labels, outcomes[index] ?? new Map()),
  );
  const index = sets.findIndex(({ name }) => name === 'sigmahq');
  const ours = [...(outcomes[index] ?? [])].flatMap(([recording, { matches }]) =>
    matches.filter(({ kind }) => REFEREED.includes(kind)).map(({ ruleId, entity }) => ({ recording, ruleId, entity })),
  );
  return { scores, pairs: index < 0 ? undefined : comparePairs(expected, ours, sets[index]?.titles ?? new Map()) };
};

export const otrf = (pack: string, sets: readonly NamedRules[], say: (line: string) => void): Promise<Attacks> =>
  attacks(
    'otrf',
    otrfRecordings(pack),
    otrfLabels(pack),
    readLines<ExpectedMatch>(pack, 'expected', 'sigma-on-otrf.jsonl'),
    sets,
    say,
  );

export const stratus = (pack: string, sets: readonly NamedRules[], say: (line: string) => void): Promise<Attacks> =>
  attacks(
    'stratus',
    stratusRecordings(pack),
    stratusLabels(pack),
    readLines<ExpectedMatch>(pack, 'expected', 'sigma-on-aws.jsonl'),
    sets,
    say,
  );
