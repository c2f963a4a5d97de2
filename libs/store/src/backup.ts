import mongoose from 'mongoose';
import { connect, type OpenDatabase } from './collections.js';
import { ANCHORS, ERASURES, streamsOf } from './census.js';
import { faultOf } from './errors.js';
import { exactly } from './exact.js';
import type { BackupCut, StoreBackup, StoreBackupOptions } from './port-backup.js';

const { BSON } = mongoose.mongo;
const AT_ONCE = 500;
const BYTES_AT_ONCE = 8_388_608;
const RUN_DIGITS = 15;

type RawDocument = Record<string, unknown>;
/** What of a document stands in the backup; undefined: nothing. */
type AtCut = (document: RawDocument, cut: BackupCut) => RawDocument | undefined;

/** Whether something was noted after the cut. */
const isLater = (value: unknown, { at }: BackupCut): boolean => value instanceof Date && value.getTime() > at;
const without = (document: RawDocument, field: string): RawDocument =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== field));

/** What was sent after the cut is not in it: it is due again, under the same id. */
const heldAt: AtCut = (document, cut) =>
  isLater(document.settledAt, cut) ? { ...without(document, 'settledAt'), open: true } : document;

const effectAt: AtCut = (document, cut) => {
  const { time } = (document.envelope ?? {}) as { time?: unknown };
  if (Number(time) > cut.at) return undefined;
  return isLater(document.doneAt, cut) ? { ...without(document, 'doneAt'), open: true } : document;
};

/** Whatever was to be done may have been done between the backup and its return; who had it then has it no more. */
const asBegun = (document: RawDocument): RawDocument =>
  document.open === true ? { ...document, begunAt: document.begunAt ?? new Date(), until: 0 } : document;

interface BackedUpCollection {
  /** What is read, one after the other; all when absent. */
  filters?(cut: BackupCut): object[];
  atCut?: AtCut;
  restored?(document: RawDocument): RawDocument;
}

const notOf = (subject: string): object => {
  const { $gt, $lt } = streamsOf(subject);
  return { $or: [{ streamId: { $lt: $gt } }, { streamId: { $gte: $lt } }] };
};

/**
 * The time of a stream's commits never runs backwards: all until a moment are a whole beginning. An erasure is written
 * down before anything is blanked: read last, it is there for whatever is found blank.
 */
const commitsUntil = ({ at, anchorsAt }: BackupCut): object[] => [
  { $and: [{ at: { $lte: at } }, notOf(ANCHORS), notOf(ERASURES)] },
  { at: { $lte: anchorsAt }, streamId: streamsOf(ANCHORS) },
  { streamId: streamsOf(ERASURES) },
];

/** In the order they are written: commits come behind what tells what is to be done and was done. */
const COLLECTIONS: Record<string, BackedUpCollection> = {
  held: { atCut: heldAt },
  effects: { atCut: effectAt, restored: asBegun },
  firsts: { filters: ({ at }) => [{ at: { $lte: new Date(at) } }] },
  parked: { filters: ({ at }) => [{ since: { $lte: new Date(at) } }] },
  anchored: { filters: ({ anchorsAt }) => [{ run: { $lt: String(anchorsAt + 1).padStart(RUN_DIGITS, '0') } }] },
  commits: { filters: commitsUntil },
  // What went while commits were read is said here, and what was archived.
  retention: {},
  archives: {},
};

const rawOf = (opened: OpenDatabase, name: string): mongoose.mongo.Collection => opened.db.collection(name);

const asItStood = (bytes: Uint8Array, atCut: AtCut, cut: BackupCut): Uint8Array | undefined => {
  const document = atCut(exactly(bytes), cut);
  return document && BSON.serialize(document);
};

async function* rawIn(opened: OpenDatabase, name: string, filters: readonly object[]): AsyncGenerator<Uint8Array> {
  for (const filter of filters)
    yield* rawOf(opened, name).find(filter, {
      raw: true,
      batchSize: AT_ONCE,
    }) as unknown as AsyncIterable<Uint8Array>;
}

async function* readIn(opened: OpenDatabase, name: string, cut: BackupCut): AsyncGenerator<Uint8Array> {
  const { filters, atCut } = COLLECTIONS[name] ?? {};
  try {
    for await (const found of rawIn(opened, name, filters?.(cut) ?? [{}])) {
      const bytes = atCut ? asItStood(found, atCut, cut) : found;
      if (bytes) yield bytes;
    }
  } catch (error) {
    throw faultOf(`reading ${name}`, error);
  }
}

const writeIn = async (opened: OpenDatabase, name: string, documents: AsyncIterable<Uint8Array>): Promise<number> => {
  const { restored = (document: RawDocument) => document } = COLLECTIONS[name] ?? {};
  let [waiting, bytes, count]: [RawDocument[], number, number] = [[], 0, 0];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await rawOf(opened, name).insertMany(waiting);
    count += waiting.length;
    [waiting, bytes] = [[], 0];
  };
  try {
    for await (const one of documents) {
      waiting.push(restored(exactly(one)));
      bytes += one.length;
      if (waiting.length >= AT_ONCE || bytes >= BYTES_AT_ONCE) await flush();
    }
    await flush();
  } catch (error) {
    throw faultOf(`writing ${name}`, error);
  }
  return count;
};

/** Opens a service's database for a backup, or for the return of one. @throws Fault when the store does not answer. */
export const openBackup = async ({ url, service, log, database }: StoreBackupOptions): Promise<StoreBackup> => {
  const opened = await connect({
    url,
    service,
    log,
    database: database ?? `vigie_${service}`,
    patienceMs: 30_000,
  });
  const collections = Object.keys(COLLECTIONS);
  return {
    collections,
    read: (collection, cut) => readIn(opened, collection, cut),
    isEmpty: async () => {
      for (const name of collections)
        if (await rawOf(opened, name).findOne({}, { projection: { _id: 1 } })) return false;
      return true;
    },
    write: (collection, documents) => writeIn(opened, collection, documents),
    close: () => opened.close(),
  };
};
