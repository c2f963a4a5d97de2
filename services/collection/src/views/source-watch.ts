import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import { watched, type SourceWatch } from '../domain/visibility/source-watch.js';

/** One document a partition of an ingest topic: what arrived by hour, for four weeks, so that each hour has a normal. */
export const sourceWatch: View<SourceWatch, TelemetryReceived> = {
  name: 'source-watch',
  hears: ['telemetry.received'],
  keys: ({ message: { topic, partition } }) => [`${topic}/${partition}`],
  show: (doc, { envelope, message }) => watched(doc, message, envelope.time),
};
