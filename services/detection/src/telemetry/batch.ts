import type { EventContext, SourceKind, TelemetryEnriched } from '#contracts';
import { fromRecord, reader, type InRecord } from '#libs/events';
import type { Origin, SeenEvent } from '../domain/hits/hit.js';

/** An enriched batch as detection reads it. */
export interface SeenBatch {
  origin: Origin;
  /** Id of the record's message, cause of what follows. */
  id: string;
  events: SeenEvent[];
  /** By index of the event; sparse. */
  contexts: Map<number, EventContext>;
}

const readEvents = reader<{ source: string; kind: SourceKind; events: SeenEvent[] }>('telemetry.normalized', [
  'source',
  'kind',
  ...[
    'id',
    'occurredAt',
    'ingestedAt',
    'entity',
    'flags',
    'observables',
    'partition',
    'offset',
    'index',
    'native',
    'envelope',
    'ocsf.cloud.accountUid',
  ].map((name) => `events.${name}`),
]);

/** @throws Unreadable for a record, or a batch in it, that cannot be read. */
export const readBatch = (record: InRecord): SeenBatch => {
  const { envelope, message } = fromRecord<TelemetryEnriched>(record);
  const { source, kind, events } = readEvents(message.batch);
  return {
    origin: { tenant: envelope.tenant, source, kind },
    id: envelope.id,
    events,
    contexts: new Map(message.context.map((one) => [one.index, one])),
  };
};
