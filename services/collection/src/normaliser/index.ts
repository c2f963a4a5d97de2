/**
 * The one normaliser: ingest messages in, batches of events, receipts and dead letters out. It keeps no state: event
 * ids derive from where a message lies, so that redelivery gives the same events.
 */
import type { SeenHost, SourceKind, TelemetryReceived, TenantState } from '#contracts';
import { retryTopic, type Batch, type OutRecord } from '#libs/events';
import { Fault, idOf } from '#libs/model';
import type { Out, Pipe } from '#libs/service';
import { sourceOf } from '../sources/index.js';
import { batchesOf, type ShardBatch } from './batches.js';
import { first, headersOfPlace, returned, type Ingested } from './ingested.js';
import { readMessage, type Read, type Rejected } from './message.js';
import { withoutMisfits } from './misfits.js';
import { eventIdOf, ingestTopic, partsOfTopic } from './place.js';

/** Bytes of a refused event that a dead letter keeps. */
const MOST_KEPT = 256 * 1024;
/** Device names in a receipt. */
const MOST_HOSTS = 500;
const RETRY = retryTopic('collection');

interface ReadMessage extends Ingested, Read {
  kind: SourceKind;
}

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
  topics: async () => [...topicsOf(tenants.all()), RETRY],
  handle: async (batch, out) => {
    const comesAgain = batch.topic === RETRY;
    const all = batch.records.flatMap((record) => (comesAgain ? returned(record) : first(record))).map((one) => readOne(one, tenants));
    const { read, records } = encoded(out, all, shards);
    await Promise.all(read.flatMap((one) => one.rejected.map((rejected) => setAside(out, one, rejected))));
    const parts = partsOfTopic(batch.topic);
    await out.send(parts ? [...records, receiptOf(out, parts, batch, read)] : records);
  },
});

interface Encoded {
  read: ReadMessage[];
  records: OutRecord[];
}

/** The records of what was read. Only when they cannot be made is each event looked at: one that does not fit stops no other. */
const encoded = (out: Out, read: ReadMessage[], shards: number): Encoded => {
  try {
    return { read, records: recordsOf(out, read, shards) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const fitting = read.map(withoutMisfits);
    return { read: fitting, records: recordsOf(out, fitting, shards) };
  }
};

const recordsOf = (out: Out, read: ReadMessage[], shards: number): OutRecord[] =>
  batchesPer(read, shards).map(({ tenant, shard, message }) =>
    out.record(tenant, message, { id: idOf('normalized', message.events[0]?.id ?? '', message.events.length), subject: message.source }, shard));

const readOne = (one: Ingested, tenants: Tenants): ReadMessage => {
  const kind = tenants.get(one.tenant)?.sources.find(({ name }) => name === one.source)?.kind ?? 'UNKNOWN';
  const source = sourceOf(kind);
  const read = source ? readMessage(one.value, one.place, source, one.firstIndex) : unknownSource(one);
  return { ...one, kind, ...read };
};

const unknownSource = ({ place, firstIndex, value, source }: Ingested): Read => ({
  events: [],
  rejected: [{
    index: firstIndex, id: eventIdOf(place, firstIndex), bytes: value, code: 'UNKNOWN_SOURCE',
    sentence: `The source ${source} is not registered with a kind that can be read.`,
  }],
});

/** Batches of each tenant and source; a fetched batch holds several only when dead letters come again. */
const batchesPer = (read: ReadMessage[], shards: number): (ShardBatch & { tenant: string })[] => {
  const groups = new Map<string, ReadMessage[]>();
  for (const one of read) {
    const key = `${one.tenant} ${one.source}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [{ tenant, source, kind }] = group as [ReadMessage];
    return batchesOf(source, kind, group.flatMap(({ events }) => events), shards).map((batch) => ({ tenant, ...batch }));
  });
};

/** The dead letter names the tenant of the topic, where the message lay and the id the event would have had. */
const setAside = (out: Out, { record, tenant, place }: ReadMessage, { bytes, index, id, code, sentence }: Rejected): Promise<void> => {
  const cut = bytes.length > MOST_KEPT;
  const headers = { ...record.headers, ...headersOfPlace(place, index), ce_tenant: tenant, eventid: id };
  return out.setAside(
    { ...record, key: tenant, value: cut ? bytes.subarray(0, MOST_KEPT) : bytes, headers },
    code, cut ? `${sentence} The first ${MOST_KEPT} bytes are kept.` : sentence);
};

/** The devices seen, each with its own times, so that reports can say which assets send, however the receipts are cut. */
const hostsOf = (read: Read[]): SeenHost[] => {
  const seen = new Map<string, SeenHost>();
  for (const { occurredAt, ocsf } of read.flatMap(({ events }) => events)) {
    const host = ocsf.device?.hostname?.toLowerCase();
    if (!host) continue;
    const { firstOccurredAt, lastOccurredAt } = seen.get(host) ?? { firstOccurredAt: occurredAt, lastOccurredAt: occurredAt };
    seen.set(host, { host, firstOccurredAt: Math.min(firstOccurredAt, occurredAt), lastOccurredAt: Math.max(lastOccurredAt, occurredAt) });
  }
  return [...seen.values()].sort((a, b) => (a.host < b.host ? -1 : 1)).slice(0, MOST_HOSTS);
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
    hosts: hostsOf(read),
  };
  return out.record(tenant, receipt, { id: idOf('received', topic, partition, fromOffset, toOffset, records[0]?.timestamp ?? 0), subject: source });
};
