/**
 * The one normaliser: ingest messages in, batches of events, receipts and dead letters out. It keeps no state: event
 * ids derive from where a message lies, so that redelivery gives the same events. Work is counted in pieces of
 * messages, not in messages: after some thousands of them it tells what it has, and others have a turn all the time.
 */
import type { SourceKind, TenantState } from '#contracts';
import { isOfPartner, retryTopic, type Batch, type InRecord, type OutRecord, ingestTopic } from '#libs/events';
import { Fault, idOf } from '#libs/model';
import { inSteps, yieldToOthers, type OpenPipe, type Out } from '#libs/service';
import { ENVELOPED } from '../envelope/line.js';
import { sourceOf } from '../sources/index.js';
import { batchesOf, type ShardBatch } from '../ingest/batches.js';
import { deadLettersOf, type LostPieces } from '../ingest/dead-letters.js';
import { asItLies, headersOfPlace, asDeadLetter, type IngestMessage } from '../ingest/records.js';
import { readInSteps, type ReadPieces } from '../ingest/message.js';
import { withoutMisfits } from '../ingest/contract-misfits.js';
import { eventIdOf, partsOfTopic } from '../ingest/topic.js';
import { receiptOf, receiptOfUnreadable } from '../ingest/receipt.js';
import { readSubmitted } from '../submitted/read.js';

/** Pieces after which what was made of them is sent. */
const MOST_IN_HAND = 2_000;
const RETRY = retryTopic('collection');
const NO_PLACE = 'It was sent again, and its headers do not say where it lay.';

interface ReadMessage extends IngestMessage, ReadPieces {
  kind: SourceKind;
}

/** What the normaliser needs of the tenants' settings. */
export interface RegisteredTenants {
  get(tenant: string): Pick<TenantState, 'sources'> | undefined;
  all(): TenantState[];
}

/** Ingest topics of every registered source of tenants in service. */
export const topicsOf = (tenants: TenantState[]): string[] =>
  tenants
    .filter(({ active }) => active)
    .flatMap(({ tenantId, sources }) => sources.map(({ name }) => ingestTopic(tenantId, name)))
    .sort();

/** Consecutive messages of a batch, and what was read of them. */
interface MessagesInHand {
  records: InRecord[];
  read: ReadMessage[];
  pieces: number;
}

const emptyHand = (): MessagesInHand => ({ records: [], read: [], pieces: 0 });

const take = (inHand: MessagesInHand, read: ReadMessage): void => {
  inHand.read.push(read);
  inHand.pieces += read.events.length + read.rejected.length;
};

/** @param shards shards of each tenant; 1 unless raised for the installation. */
export const normaliser = (tenants: RegisteredTenants, shards = 1): OpenPipe => ({
  topics: async () => [...topicsOf(tenants.all()), RETRY],
  handle: async (batch, out) => {
    const ingested = batch.topic === RETRY ? asDeadLetter : asItLies;
    let inHand = emptyHand();
    let told: Promise<unknown> = Promise.resolve();
    const tell = async (upTo?: string): Promise<void> => {
      const send = await readyToSend(out, batch, inHand, shards);
      inHand = emptyHand();
      await told;
      told = send().then(() => upTo && batch.done?.(upTo));
      told.catch(() => undefined);
    };
    for (const record of batch.records) {
      inHand.records.push(record);
      const taken = ingested(record);
      for (const one of taken) take(inHand, await readOne(one, tenants));
      // Nobody else reads a partner's pieces that come again.
      if (taken.length === 0 && isOfPartner(record)) await out.setAside(record, 'BAD_PLACE', NO_PLACE);
      if (inHand.pieces < MOST_IN_HAND) continue;
      await tell(record.offset);
      await batch.heartbeat();
    }
    if (inHand.records.length > 0) await tell();
    batch.goOn?.();
    await told;
  },
  unreadable: async (record, out) => {
    const parts = partsOfTopic(record.topic);
    if (parts) await out.send([receiptOfUnreadable(out, parts, record)]);
  },
});

/** @returns what sends all that was made of some messages: dead letters, events, and the receipt for all of them. */
const readyToSend = async (
  out: Out,
  { topic, partition }: Batch,
  { records, read }: MessagesInHand,
  shards: number,
): Promise<() => Promise<void>> => {
  const made = await encoded(out, read, shards);
  const lost = made.read.flatMap((one) => deadLettersOf(one, one.value, one.place).map((piece) => ({ one, piece })));
  const parts = partsOfTopic(topic);
  const all = parts ? [...made.records, receiptOf(out, parts, { topic, partition, records }, made.read)] : made.records;
  return async () => {
    const letters = lost.map(({ one, piece }) => setAside(out, one, piece));
    await Promise.all([...letters, out.send(all)]);
  };
};

interface Encoded {
  read: ReadMessage[];
  records: OutRecord[];
}

/**
 * The records of what was read. Only when they cannot be made is each event looked at: one that does not fit stops no
 * other.
 */
const encoded = async (out: Out, read: ReadMessage[], shards: number): Promise<Encoded> => {
  try {
    return { read, records: await recordsOf(out, read, shards) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const fitting: ReadMessage[] = [];
    for (const one of read) fitting.push(await inSteps(withoutMisfits(one), yieldToOthers));
    return { read: fitting, records: await recordsOf(out, fitting, shards) };
  }
};

const recordsOf = async (out: Out, read: ReadMessage[], shards: number): Promise<OutRecord[]> => {
  const records: OutRecord[] = [];
  for (const { tenant, shard, message } of batchesPer(read, shards)) {
    records.push(
      out.record(
        tenant,
        message,
        { id: idOf('normalized', message.events[0]?.id ?? '', message.events.length), subject: message.source },
        shard,
      ),
    );
    await yieldToOthers();
  }
  return records;
};

/** A message of few pieces is read at once: a promise for each costs as much as some of what is read. */
const readOne = (one: IngestMessage, tenants: RegisteredTenants): ReadMessage | Promise<ReadMessage> => {
  const kind = tenants.get(one.tenant)?.sources.find(({ name }) => name === one.source)?.kind ?? 'UNKNOWN';
  if (kind === 'CONTRACT') return { ...one, ...readSubmitted(one.value, one.place, one.wanted) };
  const source = sourceOf(kind);
  if (!source) return { ...one, kind, ...unknownSource(one) };
  const reading = readInSteps(one.value, one.place, source, one.wanted);
  const step = reading.next();
  if (step.done) return readAs(one, kind, step.value);
  return yieldToOthers().then(async () => readAs(one, kind, await inSteps(reading, yieldToOthers)));
};

const readAs = (
  { record, tenant, source, place, value, wanted }: IngestMessage,
  kind: SourceKind,
  read: ReadPieces,
): ReadMessage => ({ record, tenant, source, place, value, wanted, kind, ...read });

const unknownSource = ({ place, wanted: { firstIndex = 0 }, value, source }: IngestMessage): ReadPieces => ({
  events: [],
  rejected: [
    {
      index: firstIndex,
      id: eventIdOf(place, firstIndex),
      bytes: value,
      code: 'UNKNOWN_SOURCE',
      sentence: `The source ${source} is not registered with a kind that can be read.`,
    },
  ],
});

/**
 * Batches of each tenant, source and kind: a fetched batch holds several tenants and sources only when dead letters
 * come again, several kinds where partners submit events that other tools wrote.
 */
const batchesPer = (read: ReadMessage[], shards: number): (ShardBatch & { tenant: string })[] => {
  const groups = new Map<string, ReadMessage[]>();
  for (const one of read) {
    const key = `${one.tenant} ${one.source} ${one.kind}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [{ tenant, source, kind }] = group as [ReadMessage];
    return batchesOf(
      source,
      kind,
      group.flatMap(({ events }) => events),
      shards,
    ).map((batch) => ({ tenant, ...batch }));
  });
};

/** The dead letter names the tenant of the topic, where the message lay and the id the event would have had. */
const setAside = (
  out: Out,
  { record, tenant, place, enveloped }: ReadMessage,
  { bytes, index, id, code, sentence, count, ranges }: LostPieces,
): Promise<void> => {
  const { ingestpieces: _before, ...headers } = record.headers;
  const ours = {
    ...headersOfPlace(place, index, ranges),
    ce_tenant: tenant,
    ...(ranges ? {} : { eventid: id }),
    ...(enveloped === undefined || ranges ? {} : { [ENVELOPED]: String(enveloped) }),
  };
  // Ours stand first, and count: a letter keeps as many headers as it has room for.
  const about = { ...ours, ...headers, ...ours };
  return out.setAside({ ...record, key: tenant, value: bytes, headers: about }, code, sentence, { id, count });
};
