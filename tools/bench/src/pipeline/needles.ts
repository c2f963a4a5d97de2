import type { FindingRaised } from '#contracts';
import { isNeedleRule } from './kinds.js';

export const MARK = 'vigie-needle-';
export const NEEDLE = new RegExp(`${MARK}[0-9a-z]+-[0-9]+`);

/** What a needle holds, and nothing else does. @param run which part of a measurement. */
export const needleOf = (run: string, nth: number): string => `${MARK}${run}-${nth}`;

/** The needle in what a finding was grouped by; nothing when another rule raised it. */
export const needleFound = ({ rule, groupKey }: FindingRaised): string | undefined =>
  isNeedleRule(rule.id) ? NEEDLE.exec(groupKey)?.[0] : undefined;

/** How often each needle was there: by needle. */
export type NeedleCounts = ReadonlyMap<string, number>;

export interface NeedleVerdict {
  count: number;
  /** Not there. */
  missing: string[];
  /** There more than once. */
  doubled: string[];
  /** There, and never sent. */
  unknown: string[];
}

export const verdictOf = (sent: readonly string[], found: NeedleCounts): NeedleVerdict => {
  const known = new Set(sent);
  return {
    count: sent.filter((needle) => found.has(needle)).length,
    missing: sent.filter((needle) => !found.has(needle)),
    doubled: sent.filter((needle) => (found.get(needle) ?? 0) > 1),
    unknown: [...found.keys()].filter((needle) => !known.has(needle)),
  };
};

const NAMED = 5;
const some = (what: string, needles: readonly string[]): string[] =>
  needles.length === 0
    ? []
    : [`${needles.length} ${what}: ${needles.slice(0, NAMED).join(', ')}${needles.length > NAMED ? ' …' : ''}`];

/** What is wrong, in sentences; none when all is well. */
export const complaintsOf = (where: string, { missing, doubled, unknown }: NeedleVerdict): string[] => [
  ...some(`needles are missing among the ${where}`, missing),
  ...some(`needles are there more than once among the ${where}`, doubled),
  ...some(`needles among the ${where} were never sent`, unknown),
];
