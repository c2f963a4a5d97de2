import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import { DAY_MS, HOUR_MS, stretchKey, toldAfter, type ReceiptRing, type ToldReceipts } from '#libs/terms';

/** By the hour, for a week and the day that has begun. */
const RING: ReceiptRing = { unitMs: HOUR_MS, stretchMs: DAY_MS, stretches: 8 };

/** What became of what sources sent: a document for each day of a partition of an ingest topic. */
export const sourceReceipts: View<ToldReceipts, TelemetryReceived> & { indexes: readonly string[] } = {
  name: 'source-receipts',
  hears: ['telemetry.received'],
  indexes: ['since'],
  keys: ({ envelope, message }) => [stretchKey(message, envelope.time, RING)],
  show: (doc, { envelope, message }) => toldAfter(doc, message, envelope.time, RING),
};
