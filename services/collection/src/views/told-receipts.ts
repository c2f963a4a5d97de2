import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import { DAY_MS, MINUTE_MS, stretchKey, toldAfter, type ReceiptRing, type ToldReceipts } from '#libs/terms';

export const STRETCH_MS = 15 * MINUTE_MS;
/** By the minute, for a week. */
const RING: ReceiptRing = { unitMs: MINUTE_MS, stretchMs: STRETCH_MS, stretches: (7 * DAY_MS) / STRETCH_MS };

/** What partners ask over HTTP: a document for each quarter of an hour of a partition of an ingest topic. */
export const toldReceipts: View<ToldReceipts, TelemetryReceived> & { indexes: readonly string[] } = {
  name: 'told-receipts',
  hears: ['telemetry.received'],
  indexes: ['source', 'since'],
  keys: ({ envelope, message }) => [stretchKey(message, envelope.time, RING)],
  show: (doc, { envelope, message }) => toldAfter(doc, message, envelope.time, RING),
};
