/**
 * telemetry.normalized in, telemetry.enriched out: the batch's bytes as they came, and what is known of those events of
 * which something is known. Reads three fields of an event, and never lets an event wait.
 */
import type { TelemetryEnriched, TenantState } from '#contracts';
import { envelopeOf, fromRecord, reader, retryTopic, tenantOfKey, type InRecord, type OutRecord } from '#libs/events';
import { idOf, Unreadable } from '#libs/model';
import { orSetAside, type OpenPipe, type Out } from '#libs/service';
import type { IndicatorIndex } from '../domain/indicator/indicator-index.js';
import type { Enricher, SlimEvent } from '../enrichers/enricher.js';
import { contextOf } from './batch-context.js';

const RETRY = retryTopic('enrichment');

export interface EnrichPorts {
  settings: { get(tenant: string): TenantState | undefined };
  indicators: IndicatorIndex;
  enrichers: Enricher[];
  failed(name: string, error: unknown): void;
}

const read = reader<{ events: SlimEvent[] }>('telemetry.normalized', [
  'events.occurredAt',
  'events.entity',
  'events.observables',
]);

const enriched = (record: InRecord, out: Out, ports: EnrichPorts): OutRecord => {
  const envelope = envelopeOf(record.headers);
  const { tenant } = envelope;
  if (tenantOfKey(record.key) !== tenant)
    throw new Unreadable('WRONG_TENANT', 'the envelope names another tenant than the key');
  const { events } = read(record.value);
  const knowledge = { tenant, settings: ports.settings.get(tenant), indicators: ports.indicators };
  const { context, complete } = contextOf(events, ports.enrichers, knowledge, (name, error) =>
    ports.failed(name, error),
  );
  const message: TelemetryEnriched = { type: 'telemetry.enriched', batch: record.value, context, complete };
  const shard = Number(record.key?.split('/')[1] ?? 0);
  return out.record(
    tenant,
    message,
    { id: idOf('enriched', envelope.id), subject: envelope.subject, causationId: envelope.id },
    shard,
  );
};

/**
 * Whether a replayed dead letter was a batch. What cannot be read again is set aside by the loop of requests, which
 * reads it too.
 */
const isBatch = (record: InRecord): boolean => {
  try {
    return fromRecord(record).envelope.type === 'telemetry.normalized';
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
};

export const enrich = (ports: EnrichPorts): OpenPipe => ({
  handle: async ({ topic, records, goOn }, out) => {
    const ready: OutRecord[] = [];
    for (const record of topic === RETRY ? records.filter(isBatch) : records) {
      const made = await orSetAside(out, record, () => enriched(record, out, ports));
      if (made) ready.push(made);
    }
    const sent = out.send(ready);
    goOn?.();
    await sent;
  },
});
