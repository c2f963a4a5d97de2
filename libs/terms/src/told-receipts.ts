import type { FlagCount, PieceLoss, TelemetryReceived } from '#contracts';
import { isTopicMadeAnew } from './ingest-offsets.js';
import { countsOfBoth, flagsCounted, lossesCounted } from './receipt-counts.js';

/** What became of a range of offsets: of one receipt, or of all of a unit of time. */
export interface ToldRange {
  /** When the unit began in which the broker had the last of it; epoch ms. */
  at: number;
  fromOffset: number;
  /** Last offset of the range. */
  toOffset: number;
  messages: number;
  bytes: number;
  accepted: number;
  dead: number;
  unrecognised: number;
  firstOccurredAt: number | null;
  lastOccurredAt: number | null;
  flags: FlagCount[];
  losses: PieceLoss[];
}

/** What became of a stretch of a partition of an ingest topic. */
export interface ToldReceipts {
  source: string;
  partition: number;
  /** When the stretch began; epoch ms. */
  since: number;
  /** In order. */
  ranges: ToldRange[];
}

/** How receipts are kept: summed by the unit, in documents of a stretch, as many of which are kept as the ring has. */
export interface ReceiptRing {
  unitMs: number;
  stretchMs: number;
  stretches: number;
}

/** When a receipt's last message came; of older receipts, when they were said. */
const timeOf = ({ receivedAt }: TelemetryReceived, saidAt: number): number => receivedAt ?? saidAt;

const begun = (at: number, ms: number): number => Math.floor(at / ms) * ms;

/** Where of the ring a receipt belongs. */
export const stretchKey = (receipt: TelemetryReceived, saidAt: number, { stretchMs, stretches }: ReceiptRing): string =>
  `${receipt.topic}/${receipt.partition}/${Math.floor(timeOf(receipt, saidAt) / stretchMs) % stretches}`;

export const rangeOf = (receipt: TelemetryReceived, at: number): ToldRange => {
  const { fromOffset, toOffset, messages, bytes, accepted, dead, unrecognised } = receipt;
  return {
    at,
    fromOffset,
    toOffset,
    messages,
    bytes,
    accepted,
    dead,
    unrecognised,
    firstOccurredAt: receipt.firstOccurredAt ?? null,
    lastOccurredAt: receipt.lastOccurredAt ?? null,
    flags: receipt.flags ?? [],
    losses: receipt.losses ?? [],
  };
};

/** The part of a range from an offset on, with its share of what the range holds. */
const from = (range: ToldRange, offset: number): ToldRange => {
  if (offset <= range.fromOffset) return range;
  const share = (range.toOffset - offset + 1) / (range.toOffset - range.fromOffset + 1);
  const part = (count: number): number => Math.round(count * share);
  return {
    ...range,
    fromOffset: offset,
    messages: part(range.messages),
    bytes: part(range.bytes),
    accepted: part(range.accepted),
    dead: part(range.dead),
    unrecognised: part(range.unrecognised),
    flags: range.flags.map(({ flag, count }) => ({ flag, count: part(count) })),
    losses: range.losses.map((loss) => ({
      ...loss,
      count: part(loss.count),
      examples: loss.examples.filter((one) => one.offset >= offset),
    })),
  };
};

const joined = (a: ToldRange, b: ToldRange): ToldRange => ({
  at: a.at,
  fromOffset: a.fromOffset,
  ...countsOfBoth(a, b),
  flags: flagsCounted([...a.flags, ...b.flags]),
  losses: lossesCounted([...a.losses, ...b.losses]),
});

/**
 * A stretch after a receipt. What was told of it is not told again, however the receipt is cut: offsets are counted
 * once, unless the topic was made anew. What is older than the ring goes is left out.
 */
export const toldAfter = (
  before: ToldReceipts | undefined,
  receipt: TelemetryReceived,
  saidAt: number,
  { unitMs, stretchMs }: ReceiptRing,
): ToldReceipts => {
  const at = timeOf(receipt, saidAt);
  const since = begun(at, stretchMs);
  const { source, partition } = receipt;
  const isOther = before === undefined || before.since < since || before.source !== source;
  const doc: ToldReceipts = isOther ? { source, partition, since, ranges: [] } : before;
  if (doc.since > since) return doc;
  const last = doc.ranges.at(-1);
  const known = { next: (last?.toOffset ?? -1) + 1, lastOccurredAt: last?.lastOccurredAt ?? 0 };
  const isAnew = isTopicMadeAnew(known, receipt);
  if (receipt.toOffset < known.next && !isAnew) return doc;
  const range = from(rangeOf(receipt, begun(at, unitMs)), isAnew ? 0 : known.next);
  const isSameUnit = last !== undefined && last.at >= range.at && !isAnew;
  return { ...doc, ranges: isSameUnit ? [...doc.ranges.slice(0, -1), joined(last, range)] : [...doc.ranges, range] };
};
