import { readFileSync } from 'node:fs';

export type MatchDifference = { ruleId: string; onlySigma: number; onlyPeer: number; exampleLine: number };

/**
 * Two files of `line<TAB>rule`, compared: per rule, how often one engine matched alone, and the first such line (from
 * 0).
 */
export const differencesBetween = (sigma: string, peer: string): MatchDifference[] => {
  const [ours, theirs] = [sigma, peer].map(
    (path) =>
      new Set(
        readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== ''),
      ),
  ) as [Set<string>, Set<string>];
  const found = new Map<string, MatchDifference>();
  const note = (pair: string, side: 'onlySigma' | 'onlyPeer'): void => {
    const [line = '', ruleId = ''] = pair.split('\t');
    const one = found.get(ruleId) ?? { ruleId, onlySigma: 0, onlyPeer: 0, exampleLine: Number(line) };
    one[side]++;
    found.set(ruleId, one);
  };
  for (const pair of ours) if (!theirs.has(pair)) note(pair, 'onlySigma');
  for (const pair of theirs) if (!ours.has(pair)) note(pair, 'onlyPeer');
  return [...found.values()].sort((a, b) => b.onlySigma + b.onlyPeer - a.onlySigma - a.onlyPeer);
};
