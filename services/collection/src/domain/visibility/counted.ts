import type { TelemetryReceived } from '#contracts';

/** How far a partition of an ingest topic is counted. */
export interface Counted {
  /** The first offset that is not counted. */
  next: number;
  /** Latest time that an event had, none later than its receipt; epoch ms. */
  lastOccurredAt: number;
}

export const NOTHING_COUNTED: Counted = { next: 0, lastOccurredAt: 0 };

/** A topic that was made anew begins at nought, and tells of later things than were ever told. */
const isMadeAnew = ({ next, lastOccurredAt }: Counted, { fromOffset, lastOccurredAt: last }: TelemetryReceived) =>
  fromOffset === 0 && next > 0 && typeof last === 'number' && last > lastOccurredAt;

/** How many offsets of a receipt are not counted yet: what is read once more says nothing of now. */
export const freshIn = (known: Counted, receipt: TelemetryReceived): number =>
  receipt.toOffset + 1 - Math.max(receipt.fromOffset, isMadeAnew(known, receipt) ? 0 : known.next);

/** After a receipt that brought something fresh. @param at when it was said, epoch ms. */
export const countedAfter = (known: Counted, { toOffset, lastOccurredAt }: TelemetryReceived, at: number): Counted => ({
  next: toOffset + 1,
  lastOccurredAt: Math.max(known.lastOccurredAt, Math.min(lastOccurredAt ?? 0, at)),
});
