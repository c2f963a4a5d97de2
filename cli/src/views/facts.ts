import { archiveOf } from '../chain/archive-dir.js';
import type { ErasureBegun } from '#contracts';
import { decode, fromRecord, topicsOf, type Broker, type InRecord } from '#libs/events';
import { Unreadable, type Heard } from '#libs/model';
import { hasStreams } from '#libs/service';
import { openStore, everyTenant, type Store, type StoreLog } from '#libs/store';
import { isScope } from '#libs/terms';
import type { Stack } from '#stack';
import { keptKeyOf } from '../../../services/detection/src/domain/kept/kept-streams.js';
import { KEPT } from '../../../services/detection/src/pipes/keep.js';
import { eachOf } from '../kafka/read-all.js';
import { definitions } from '../pages/definitions.js';
import { inChunks, type TakeFacts } from './chunks.js';
import { erasedAmong } from './erased.js';
import { carriedRanges } from './receipts.js';

/** Where facts are read from, and of whom: of all when not said. */
export interface FactsOf {
  stack: Stack;
  broker: Broker;
  log: StoreLog;
  tenants?: readonly string[];
}

const RECEIPTS = 'vigie.telemetry.received';

/** Facts that their owners keep: of streams, and those that Kafka carried first (findings, receipts). */
const eachOwned = async (
  { stack, log, tenants }: FactsOf,
  take: (heard: Heard, bytes: number) => Promise<void>,
): Promise<void> => {
  const scopes = tenants ?? [everyTenant];
  for (const { name } of definitions.filter(hasStreams)) {
    const store = await openStore({ url: stack.mongoUrl, service: name, log, archive: archiveOf(name) });
    const reading = async (tenant: (typeof scopes)[number]): Promise<void> => {
      for await (const { envelope, bytes } of store.replay(tenant))
        await take({ envelope, message: decode(bytes) }, bytes.length);
    };
    try {
      for (const tenant of scopes) await reading(tenant);
    } finally {
      await store.close();
    }
  }
};

const heardIn = (record: InRecord): Heard | undefined => {
  try {
    return fromRecord(record);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
};

/** What Kafka carries outside of streams, of these tenants. */
const eachCarried = (
  { broker, tenants }: FactsOf,
  topics: readonly string[],
  take: (heard: Heard, record: InRecord) => Promise<void> | void,
): Promise<void> =>
  eachOf(broker, topics, async (record) => {
    const heard = heardIn(record);
    if (!heard || heard.envelope.sequence) return;
    if (tenants?.includes(heard.envelope.tenant) ?? true) await take(heard, record);
  });

/** Whether detection keeps a finding, or which rules ran: it is looked for in the stream of its hour. */
const isKept = async (
  detection: Pick<Store, 'keptIn'>,
  { envelope: { id, tenant, type } }: Heard,
  { partition, timestamp }: InRecord,
): Promise<boolean> => {
  const subject = KEPT[type.split('.', 1)[0] as keyof typeof KEPT] as string | undefined;
  if (subject === undefined || !isScope(tenant)) return false;
  const key = keptKeyOf({ tenant, partition, timestamp, isRetried: false });
  return (await detection.keptIn({ tenant, subject, key })).has(id);
};

/**
 * Every fact that views are made of, or those of some tenants: each stream in order, and each once; what owners keep
 * first, then what Kafka carries and nobody keeps yet (findings and which rules run of this moment, receipts of the
 * last hour). Some at a time: however many there are, no more than that are held.
 */
export const eachFact = async (of: FactsOf, take: TakeFacts): Promise<void> => {
  const receipts = carriedRanges();
  await eachCarried(of, [RECEIPTS], (heard) => receipts.take(heard));
  const chunks = inChunks(take);
  const erasures: Heard<ErasureBegun>[] = [];
  await eachOwned(of, async (heard, bytes) => {
    if (heard.message.type === 'erasure.begun') erasures.push(heard as Heard<ErasureBegun>);
    if (!receipts.has(heard)) await chunks.add(heard, bytes);
  });
  const isErased = erasedAmong(erasures);
  const detection = await openStore({ url: of.stack.mongoUrl, service: 'detection', log: of.log });
  try {
    const topics = [...topicsOf({ subjects: ['finding', 'ruleset'], kind: 'events' }), RECEIPTS];
    await eachCarried(of, topics, async (heard, record) => {
      if (!isErased(heard) && !(await isKept(detection, heard, record))) await chunks.add(heard, record.value.length);
    });
  } finally {
    await detection.close();
  }
  await chunks.end();
};
