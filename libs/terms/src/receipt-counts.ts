import type { FlagCount, PieceLoss } from '#contracts';

/** Of flags, and of reasons, in one receipt; the codes and flags that there are are fewer. */
const MOST_KINDS = 32;
const MOST_EXAMPLES = 3;

/** The flag of an event that says nothing its source knows: neither when, nor who or where, nor what. */
export const NOTHING_KNOWN = 'nothing-known';
const LONGEST_SENTENCE = 300;

/** A flag without what it tells of one event: `times-disagree` of `times-disagree:UtcTime:TimeCreated:68400`. */
export const kindOfFlag = (flag: string): string => flag.split(':', 1)[0] ?? flag;

const mostFrequent = <Counted extends { count: number }>(counted: Iterable<Counted>): Counted[] =>
  [...counted].sort((a, b) => b.count - a.count).slice(0, MOST_KINDS);

/** Events by flag, the most frequent first. */
export const flagsCounted = (counts: Iterable<FlagCount>): FlagCount[] => {
  const sums = new Map<string, FlagCount>();
  for (const { flag, count } of counts) {
    const known = sums.get(flag);
    if (known) known.count += count;
    else sums.set(flag, { flag, count });
  }
  return mostFrequent(sums.values());
};

/** Losses by code, the most frequent first, with the first sentence and places of each. */
export const lossesCounted = <Loss extends PieceLoss>(losses: Iterable<Loss>): Loss[] => {
  const sums = new Map<string, Loss>();
  for (const loss of losses) {
    const { code, sentence, count, examples } = loss;
    const known = sums.get(code) ?? { ...loss, sentence: sentence.slice(0, LONGEST_SENTENCE), count: 0, examples: [] };
    const room = MOST_EXAMPLES - known.examples.length;
    known.count += count;
    if (room > 0) known.examples.push(...examples.slice(0, room));
    sums.set(code, known);
  }
  return mostFrequent(sums.values());
};

type PerhapsTime = number | null | undefined;
const extreme =
  (pick: (...times: number[]) => number) =>
  (...times: PerhapsTime[]): number | null => {
    const known = times.filter((one) => typeof one === 'number');
    return known.length === 0 ? null : pick(...known);
  };
const earliest = extreme(Math.min);
/** Of those that are known; null for none. */
export const latest = extreme(Math.max);

/** What a receipt counts of a range of offsets. */
interface RangeCounts {
  toOffset: number;
  messages: number;
  bytes: number;
  accepted: number;
  dead: number;
  unrecognised: number;
  firstOccurredAt?: PerhapsTime;
  lastOccurredAt?: PerhapsTime;
}

/** The counts of a range and of one that follows it. */
export const countsOfBoth = (a: RangeCounts, b: RangeCounts) => ({
  toOffset: b.toOffset,
  messages: a.messages + b.messages,
  bytes: a.bytes + b.bytes,
  accepted: a.accepted + b.accepted,
  dead: a.dead + b.dead,
  unrecognised: a.unrecognised + b.unrecognised,
  firstOccurredAt: earliest(a.firstOccurredAt, b.firstOccurredAt),
  lastOccurredAt: latest(a.lastOccurredAt, b.lastOccurredAt),
});
