import type { TelemetryReceived } from '#contracts';

/** How far a partition of an ingest topic is counted. */
export interface OffsetsCounted {
  /** The first offset that is not counted. */
  next: number;
  /** Latest time that an event had, some minutes after its arrival at most; epoch ms. */
  lastOccurredAt: number;
}

export const NOTHING_COUNTED: OffsetsCounted = { next: 0, lastOccurredAt: 0 };

/**
 * A topic that was made anew begins at nought, or is found behind what was counted, and tells of later things than were
 * ever told. Its first receipts may tell of nothing, or of old things; what is read again tells of nothing new.
 */
const isMadeAnew = (
  { next, lastOccurredAt }: OffsetsCounted,
  { fromOffset, toOffset, lastOccurredAt: last }: TelemetryReceived,
): boolean =>
  next > 0 && (fromOffset === 0 || toOffset + 1 < next) && typeof last === 'number' && last > lastOccurredAt;

/** How many offsets of a receipt are not counted yet: what is read once more says nothing of now. */
export const freshIn = (known: OffsetsCounted, receipt: TelemetryReceived): number =>
  receipt.toOffset + 1 - Math.max(receipt.fromOffset, isMadeAnew(known, receipt) ? 0 : known.next);

/** After a receipt that brought something fresh. */
export const countedAfter = (
  known: OffsetsCounted,
  { toOffset, lastOccurredAt }: TelemetryReceived,
): OffsetsCounted => ({
  next: toOffset + 1,
  lastOccurredAt: Math.max(known.lastOccurredAt, lastOccurredAt ?? 0),
});
