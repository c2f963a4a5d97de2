import type { EventContext, SourceKind, TelemetryEnriched } from '#contracts';
import { fromRecord, reader, type InRecord } from '#libs/events';
import { Unreadable } from '#libs/model';
import { isTenant } from '#libs/terms';
import { EVENT_FIELDS, type EventOfRow } from './columns.js';
import type { TenantLakeEvent } from './places.js';

const readBatch = reader<{ source: string; kind: SourceKind; events: EventOfRow[] }>('telemetry.normalized', [
  'source',
  'kind',
  ...EVENT_FIELDS.map((name) => `events.${name}`),
]);

/** Rows of one record of telemetry.enriched. @throws Unreadable when it, or the batch inside it, cannot be read. */
export const rowsOf = (record: InRecord): TenantLakeEvent[] => {
  const { envelope, message } = fromRecord<TelemetryEnriched>(record);
  if (!isTenant(envelope.tenant))
    throw new Unreadable('BAD_TENANT', 'the envelope names what cannot be a tenant of the lake');
  const batch = readBatch(message.batch);
  const contexts = new Map(message.context.map((one): [number, EventContext] => [one.index, one]));
  return batch.events.map((event, index) => ({
    tenant: envelope.tenant,
    event,
    source: batch.source,
    kind: batch.kind,
    context: contexts.get(index),
  }));
};

/**
 * Whether a replayed dead letter was of telemetry.enriched. What cannot be read again is set aside by the loop of
 * requests, which reads it too.
 */
export const isEnriched = (record: InRecord): boolean => {
  try {
    return fromRecord(record).envelope.type === 'telemetry.enriched';
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
};
