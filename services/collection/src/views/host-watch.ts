import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import { hostsAfter, type HostWatch } from '../domain/visibility/host-watch.js';

/** One document a source: which devices it told of, and how long they pause. */
export const hostWatch: View<HostWatch, TelemetryReceived> = {
  name: 'host-watch',
  hears: ['telemetry.received'],
  keys: ({ message: { source } }) => [source],
  show: (doc, { envelope, message }) => hostsAfter(doc, message, envelope.time),
};
