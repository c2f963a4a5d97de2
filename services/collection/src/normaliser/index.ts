/**
 * The one normaliser: ingest messages in, batches of events, receipts and dead letters out. It keeps no state: event
 * ids derive from where a message lies, so that redelivery gives the same events.
 */
import type { TelemetryReceived, TenantState } from '#contracts';
import type { Batch, InRecord, OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import type { Out, Pipe } from '#libs/service';
import { sourceOf } from '../sources/index.js';
import type { Source } from '../sources/source.js';
import { batchesOf } from './batches.js';
import { readMessage, type Read, type Rejected } from './message.js';
import { eventIdOf, ingestTopic, partsOfTopic } from './place.js';

/** Bytes of a refused event that a dead letter keeps. */
const MOST_KEPT = 256 * 1024;

/** What the normaliser needs of the tenants' settings. */
export interface Tenants {
  get(tenant: string): TenantState | undefined;
  all(): TenantState[];
}

/** Ingest topics of every registered source of tenants in service. */
export const topicsOf = (tenants: TenantState[]): string[] =>
  tenants.filter(({ active }) => active).flatMap(({ tenantId, sources }) => sources.map(({ name }) => ingestTopic(tenantId, name))).sort();

/** @param shards shards of each tenant; 1 unless raised for the installation. */
export const normaliser = (tenants: Tenants, shards = 1): Pipe => ({
  name: 'normaliser',
  topics: async () => topicsOf(tenants.all()),
  handle: async (batch, out) => {
    const parts = partsOfTopic(batch.topic);
    if (!parts) return;
    const kind = tenants.get(parts.tenant)?.sources.find(({ name }) => name === parts.source)?.kind ?? 'UNKNOWN';
    const source = sourceOf(kind);
    const read = batch.records.map((record) => ({ record, ...(source ? readRecord(record, source) : unknownSource(record, parts.source)) }));
    const events = read.flatMap((one) => one.events);
    const records = batchesOf(parts.source, kind, events, shards).map(({ shard, message }): OutRecord =>
      out.record(parts.tenant, message, { id: idOf('normalized', message.events[0]?.id ?? '', message.events.length), subject: parts.source }, shard));
    await Promise.all(read.flatMap(({ record, rejected }) => rejected.map((one) => setAside(out, record, parts.tenant, one))));
    await out.send([...records, receiptOf(out, parts, batch, read)]);
  },
});

const readRecord = (record: InRecord, source: Source): Read => readMessage(record.value, record, source);

const unknownSource = (record: InRecord, source: string): Read => ({
  events: [],
  rejected: [{
    index: 0, id: eventIdOf(record, 0), bytes: record.value, code: 'UNKNOWN_SOURCE',
    sentence: `The source ${source} is not registered with a kind that can be read.`,
  }],
});

/** The dead letter names the tenant of the topic, and the id the event would have had. */
const setAside = (out: Out, record: InRecord, tenant: string, { bytes, index, id, code, sentence }: Rejected): Promise<void> => {
  const cut = bytes.length > MOST_KEPT;
  return out.setAside(
    { ...record, key: tenant, value: cut ? bytes.subarray(0, MOST_KEPT) : bytes, headers: { ...record.headers, ce_tenant: tenant, index: String(index), eventid: id } },
    code, cut ? `${sentence} The first ${MOST_KEPT} bytes are kept.` : sentence);
};

const receiptOf = (out: Out, { tenant, source }: { tenant: string; source: string }, { topic, partition, records }: Batch, read: Read[]): OutRecord => {
  const times = read.flatMap(({ events }) => events.map(({ occurredAt }) => occurredAt));
  const [fromOffset, toOffset] = [Number(records[0]?.offset), Number(records.at(-1)?.offset)];
  const receipt: TelemetryReceived = {
    type: 'telemetry.received', source, topic, partition, fromOffset, toOffset,
    messages: records.length,
    accepted: times.length,
    dead: read.reduce((sum, { rejected }) => sum + rejected.length, 0),
    bytes: records.reduce((sum, { value }) => sum + value.length, 0),
    firstOccurredAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    lastOccurredAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
  };
  return out.record(tenant, receipt, { id: idOf('received', topic, partition, fromOffset, toOffset, records[0]?.timestamp ?? 0), subject: source });
};
