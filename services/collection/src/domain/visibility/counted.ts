import type { TelemetryReceived } from '#contracts';
import { isTopicMadeAnew, type OffsetsCounted } from '#libs/terms';

export const NOTHING_COUNTED: OffsetsCounted = { next: 0, lastOccurredAt: 0 };

/** How many offsets of a receipt are not counted yet: what is read once more says nothing of now. */
export const freshIn = (known: OffsetsCounted, receipt: TelemetryReceived): number =>
  receipt.toOffset + 1 - Math.max(receipt.fromOffset, isTopicMadeAnew(known, receipt) ? 0 : known.next);

/** After a receipt that brought something fresh. */
export const countedAfter = (
  known: OffsetsCounted,
  { toOffset, lastOccurredAt }: TelemetryReceived,
): OffsetsCounted => ({
  next: toOffset + 1,
  lastOccurredAt: Math.max(known.lastOccurredAt, lastOccurredAt ?? 0),
});
