/**
 * Receipts in, commits out: folded by source and quarter of an hour, one commit a tenant and hour. Offsets move when
 * the hour is kept, so after a restart the receipts since are read again.
 */
import type { TelemetryReceived } from '#contracts';
import { encode, fromRecord, type Batch, type InRecord } from '#libs/events';
import { idOf } from '#libs/model';
import { every, orSetAside, type Clock, type CommitOffsets, type OpenPipe, type Out } from '#libs/service';
import { keptStreams, type FactsToKeep, type Store } from '#libs/store';
import { HOUR_MS, hourName, isScope } from '#libs/terms';
import { foldReceipts, type HeldReceipt } from '../domain/fold-receipts.js';

/** First segment of the streams that keep receipts. */
export const KEPT_RECEIPTS = 'receipts';
const LOOK_MS = 500;
/** Of a partition; beyond it they are kept before the hour is over. */
const MOST_HELD = 2_000;

export interface KeepReceiptsPorts {
  store: Pick<Store, 'keep'>;
  clock: Clock;
  log: { error(fields: object, message: string): void };
  fail(error: Error): void;
}

interface HeldPartition {
  topic: string;
  partition: number;
  receipts: HeldReceipt[];
  /** Offset of the last record in it. */
  last: bigint;
  since: number;
}

const readOne = (record: InRecord): HeldReceipt | undefined => {
  const { envelope, message } = fromRecord<TelemetryReceived>(record);
  return isScope(envelope.tenant) ? { tenant: envelope.tenant, at: envelope.time, message } : undefined;
};

const factOf = ({ tenant, at, message }: HeldReceipt): FactsToKeep['facts'][number] => {
  const { type, source, topic, partition, fromOffset, toOffset } = message;
  const id = idOf('received', topic, partition, fromOffset, toOffset, at);
  return { envelope: { id, type, source: 'collection', subject: source, time: at, tenant }, bytes: encode(message) };
};

const streamsOf = ({ partition, receipts }: HeldPartition): FactsToKeep[] =>
  keptStreams(
    receipts.map((one) => ({
      tenant: one.tenant,
      subject: KEPT_RECEIPTS,
      key: `${hourName(one.at)}-${partition}`,
      fact: factOf(one),
    })),
  );

export const keepReceipts = ({ store, clock, log, fail }: KeepReceiptsPorts): OpenPipe => {
  const held = new Map<string, HeldPartition>();
  let commit: CommitOffsets = async () => undefined;
  const flush = async (one: HeldPartition): Promise<void> => {
    held.delete(`${one.topic}/${one.partition}`);
    for (const { fact, reason } of await store.keep(streamsOf(one), clock.now()))
      log.error({ tenant: fact.envelope.tenant, reason }, 'receipts could not be kept');
    await commit([{ topic: one.topic, partition: one.partition, next: String(one.last + 1n) }]);
  };
  const stopLooking = every(
    LOOK_MS,
    async () => {
      for (const one of [...held.values()]) if (clock.now() - one.since >= HOUR_MS) await flush(one);
    },
    (error) => fail(error as Error),
  );
  const readAll = async (batch: Batch, out: Out): Promise<HeldReceipt[]> => {
    const heard: HeldReceipt[] = [];
    for (const record of batch.records) {
      const one = await orSetAside(out, record, () => readOne(record));
      if (one) heard.push(one);
    }
    return heard;
  };
  return {
    manual: (given) => {
      commit = given;
    },
    handle: async (batch, out) => {
      const { topic, partition, records } = batch;
      const heard = await readAll(batch, out);
      const [first, last] = [BigInt(records[0]?.offset ?? 0), BigInt(records.at(-1)?.offset ?? 0)];
      const known = held.get(`${topic}/${partition}`);
      // A partition that comes again begins where it was kept: what was held of it is in what comes.
      const before = known && known.last < first ? known : { topic, partition, receipts: [], since: clock.now() };
      const one = { ...before, receipts: foldReceipts(before.receipts, heard), last };
      held.set(`${topic}/${partition}`, one);
      if (one.receipts.length >= MOST_HELD) await flush(one);
    },
    stop: stopLooking,
  };
};
