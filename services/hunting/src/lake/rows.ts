import type { EventContext, TelemetryEnriched, TelemetryNormalized } from '#contracts';
import { decode, fromRecord, type InRecord } from '#libs/events';
import type { Row } from './write.js';

/** Rows of one record of telemetry.enriched. @throws Unreadable when it, or the batch inside it, cannot be read. */
export const rowsOf = (record: InRecord): Row[] => {
  const { envelope, message } = fromRecord<TelemetryEnriched>(record);
  const batch = decode<TelemetryNormalized>(message.batch, 'vigie.telemetry.normalized');
  const contexts = new Map(message.context.map((one): [number, EventContext] => [one.index, one]));
  return batch.events.map((event, index) => ({ tenant: envelope.tenant, event, source: batch.source, kind: batch.kind, context: contexts.get(index) }));
};
