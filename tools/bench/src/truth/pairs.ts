import type { Share } from './score.js';
import { shareOf } from './score.js';

/** A rule another engine saw match, and on whom: lines of `expected/sigma-on-*.jsonl`. */
export type ExpectedMatch = { recording: string; rule_id: string; title: string; hosts: string[] };

/** A rule and whom it matched on (a host, an identity), in one recording. */
export type SourceMatch = { recording: string; ruleId: string; entity: string };

/** How our pairs differ from the expected ones: by recording and rule, with the number of entities. */
export type PairDifference = {
  recording: string;
  ruleId: string;
  title: string;
  side: 'missed' | 'extra';
  entities: number;
};

export type PairReport = { recall: Share; extra: number; differences: PairDifference[] };

const nameOf = ({ recording, ruleId, entity }: SourceMatch): string =>
  `${recording}\t${ruleId}\t${entity.toLowerCase()}`;

const tally = (
  pairs: Iterable<string>,
  side: PairDifference['side'],
  titles: ReadonlyMap<string, string>,
): PairDifference[] => {
  const found = new Map<string, PairDifference>();
  for (const pair of pairs) {
    const [recording = '', ruleId = ''] = pair.split('\t');
    const key = `${recording}\t${ruleId}`;
    const one = found.get(key) ?? { recording, ruleId, title: titles.get(ruleId) ?? '', side, entities: 0 };
    one.entities++;
    found.set(key, one);
  }
  return [...found.values()];
};

/** Every pair another engine found must be among ours; what differs either way is told. */
export const comparePairs = (
  expected: readonly ExpectedMatch[],
  ours: readonly SourceMatch[],
  titles: ReadonlyMap<string, string>,
): PairReport => {
  const theirs = new Set(
    expected.flatMap(({ recording, rule_id: ruleId, hosts }) =>
      hosts.map((entity) => nameOf({ recording, ruleId, entity })),
    ),
  );
  const found = new Set(ours.map(nameOf));
  const [missed, extra] = [
    [...theirs].filter((pair) => !found.has(pair)),
    [...found].filter((pair) => !theirs.has(pair)),
  ];
  return {
    recall: shareOf(theirs.size - missed.length, theirs.size),
    extra: extra.length,
    differences: [...tally(missed, 'missed', titles), ...tally(extra, 'extra', titles)].sort((a, b) =>
      a.recording + a.title < b.recording + b.title ? -1 : 1,
    ),
  };
};
