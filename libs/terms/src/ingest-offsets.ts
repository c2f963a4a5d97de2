import type { TelemetryReceived } from '#contracts';

/** How far a partition of an ingest topic is counted. */
export interface OffsetsCounted {
  /** The first offset that is not counted. */
  next: number;
  /** Latest time that an event had, some minutes after its arrival at most; epoch ms. */
  lastOccurredAt: number;
}

/**
 * Whether a receipt is of a topic that was made anew: it begins at nought, or is found behind what was counted, and
 * tells of later things than were ever told. Its first receipts may tell of nothing, or of old things; what is read
 * again tells of nothing new. What begins at nought and goes beyond what was counted may be read again with more behind
 * it: then all that it tells of is to be later.
 */
export const isTopicMadeAnew = (
  { next, lastOccurredAt }: OffsetsCounted,
  { fromOffset, toOffset, firstOccurredAt, lastOccurredAt: last }: TelemetryReceived,
): boolean => {
  if (next === 0) return false;
  if (toOffset + 1 < next || (fromOffset === 0 && toOffset + 1 === next)) return (last ?? 0) > lastOccurredAt;
  return fromOffset === 0 && (firstOccurredAt ?? 0) > lastOccurredAt;
};
