import mongoose from 'mongoose';
import { Fault, type Envelope } from '#libs/model';
import { faultOf } from './errors.js';
import type { StoreLog } from './port.js';
import type { ArchiveFolder } from './archive/folder.js';
import type { ArchiveDocument } from './archive/documents.js';
import type { Seal } from './port-chain.js';
import { patient, type Patiently } from './retry.js';
import type { TenantScope } from './scope.js';

export type MongoCollection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;
export type MongoFilter<T> = mongoose.mongo.Filter<T>;
export type MongoDatabase = mongoose.mongo.Db;

/** A fact as it is kept. After an erasure salt and bytes are empty, and `digest` keeps the chain whole. */
export interface KeptFact {
  id: string;
  type: string;
  schemaId: number;
  time: number;
  salt: Buffer;
  bytes: Buffer;
  digest: Buffer;
  /** The request it came of. */
  requestId: string;
  /**
   * Its envelope as Kafka carried it, when it was published before it was kept (see `Store.keep`). Gone after an
   * erasure.
   */
  carried?: CarriedEnvelope;
  /** The end of its record's key (see `Decider.partOf`); it follows from the bytes, and is not under the hash. */
  part?: string;
}
/** What of a carried fact's envelope stands nowhere else in its commit. */
export type CarriedEnvelope = Pick<
  Envelope,
  'id' | 'source' | 'subject' | 'causationId' | 'correlationId' | 'traceparent'
>;
/**
 * A request as it is kept: all of it is under the commit's hash. After an erasure `actor` is blank, `digest` and
 * `personalSalt` are empty, and `personalDigest` keeps the chain whole; commits of the older chain have no such pair.
 */
export interface KeptRequest {
  id: string;
  type: string;
  actor: { subject: string; side: string };
  /** Roles signed with the actor; commits of before do not have them. */
  roles?: string[];
  /** SHA-256 of its framed bytes; empty after an erasure; commits of before do not have it. */
  digest?: Buffer;
  personalSalt?: Buffer;
  personalDigest?: Buffer;
  correlationId: string;
  causationId?: string;
  traceparent?: string;
}
/** One commit of one stream; while `unpublished` it is also a message to be sent. */
export interface Commit {
  /** Its place: `<stream>@<version>`. */
  _id: string;
  /** New for each attempt: tells our own write from another's. */
  writer: string;
  /** Form of the hash; absent in commits from before there were two. */
  chain?: 2;
  tenant: TenantScope;
  streamId: string;
  version: number;
  at: number;
  /** Sorts a tenant's commits by time, stream and version. */
  order: string;
  facts: KeptFact[];
  requests: KeptRequest[];
  hash: Buffer;
  unpublished?: true;
  /** Of a parked stream: unpublished, and out of the relay's way. */
  heldBack?: true;
}
/** A document of a view; one that is gone stays as a tombstone, so that known facts do not bring it back. */
export interface ViewDocument {
  _id: string;
  tenant: TenantScope;
  key: string;
  doc: unknown;
  gone: boolean;
  rev: number;
  seen: Record<string, number>;
}
export interface HeldRequestDocument {
  _id: string;
  tenant: TenantScope;
  /** Not before; put off while a replica sends it. */
  dueAt: number;
  /** Which taking of it was the last. */
  taken?: string;
  bytes: Buffer;
  open?: true;
  settledAt?: Date;
  /** It cannot be sent as it is. */
  parkedAt?: Date;
  reason?: string;
  causationId?: string;
  correlationId?: string;
  traceparent?: string;
  meta?: Record<string, string | number | boolean>;
}
/** What an effect is to do, began and ended, by fact. */
export interface EffectDocument {
  _id: string;
  tenant: TenantScope;
  effect: string;
  /** Tenant and effect: lanes take turns. */
  lane: string;
  envelope: Envelope;
  bytes: Buffer;
  open?: true;
  /** Not before, epoch ms on the service's clock. */
  dueAt: number;
  /** Somebody is at it until then, epoch ms on the store's clock. */
  until: number;
  attempts: number;
  /** Grows with each taking: what an earlier worker says is refused. */
  fence?: number;
  begunAt?: Date;
  doneAt?: Date;
  /** Tried often enough to be told; still tried now and then. */
  parkedAt?: Date;
  reason?: string;
}
/** A stream that cannot be sent, or a document that cannot be written. */
export interface ParkedDocument {
  _id: string;
  kind: 'STREAM' | 'DOCUMENT';
  id: string;
  tenant: TenantScope;
  reason: string;
  since: Date;
  releasing?: true;
}
/** How far a loop has read a stream of whomever, and, while something of it has not come, what. */
export interface ReadingDocument {
  /** Reader and stream. */
  _id: string;
  reader: string;
  tenant: TenantScope;
  streamId: string;
  /** Place of the fact that is to come next. */
  next: number;
  at: Date;
  /** Until everything up to there has come, the stream waits; it has the fields below as long as this one. */
  heldTo?: number;
  beyond?: number;
  reason?: string;
  since?: Date;
  /** When it is asked for, epoch ms on the service's clock. */
  dueAt?: number;
  asked?: number;
  askedFrom?: number;
  /** Asked for often enough to be told; still asked for now and then. */
  parkedAt?: Date;
}
/** What was first done under an id that a client chose. */
export interface FirstUseDocument {
  _id: string;
  tenant: TenantScope;
  of: string;
  bytes: Buffer;
  at: Date;
}
export interface ManifestDocument {
  _id: string;
  offset: number;
  epoch: number;
  stamp: string;
  chunks: number;
  /** Of its topic, since that has grown: what is kept for shards of other partitions is no more of this one. */
  partitions?: number;
}
export interface ChunkDocument {
  _id: string;
  of: string;
  stamp: string;
  epoch: number;
  index: number;
  bytes: Buffer;
}
/** End of a stream as an anchor saw it. */
export interface AnchoredDocument {
  /** Place of the commit. */
  _id: string;
  tenant: TenantScope;
  streamId: string;
  version: number;
  hash: Buffer;
  /**
   * Which making of anchors noted it first: `<epoch ms in 15 digits>/<epoch of the lease>`. An anchor covers what runs
   * up to its own noted.
   */
  run: string;
}
/** What of a tenant went with time. */
export interface RetentionDocument {
  /** The tenant. */
  _id: TenantScope;
  tenant: TenantScope;
  /** Answers that runs of making anchors before this one noted may be gone; sorts as `run` does. */
  answersUntil: string;
  /** Of the service, over the above. */
  signature: string;
  /** Up to where they are gone. */
  done?: string;
}
/** What a stream amounted to at one of its commits. */
export interface SnapshotDocument {
  /** The stream: of each there is one. */
  _id: string;
  tenant: TenantScope;
  streamId: string;
  version: number;
  at: number;
  /** Of the commit of that version. */
  hash: Buffer;
  /** Facts up to there. */
  facts: number;
  /** Which decider's state it is, and by which contracts: see `stateFormOf`. */
  form: string;
  /** Of this writing; its further pieces bear it too. */
  stamp: string;
  pieces: number;
  /** The first piece of the packed state. */
  bytes: Buffer;
  /** Of the service, over all of the above and the SHA-256 of the packed state. */
  signature: string;
}
export interface SnapshotPieceDocument {
  _id: string;
  tenant: TenantScope;
  streamId: string;
  version: number;
  stamp: string;
  bytes: Buffer;
}
export interface LeaseDocument {
  _id: string;
  /** Empty when it was given back. */
  holder: string;
  epoch: number;
  until: number;
  releasedAt?: Date | null;
}

/** An open database: what every part of the store works with. */
export interface OpenDatabase {
  service: string;
  log: StoreLog;
  seal?: Seal | undefined;
  /** Where archived commits are; absent where it was not said. */
  archive?: ArchiveFolder | undefined;
  db: MongoDatabase;
  patiently: Patiently;
  commits: MongoCollection<Commit>;
  anchored: MongoCollection<AnchoredDocument>;
  retention: MongoCollection<RetentionDocument>;
  archives: MongoCollection<ArchiveDocument>;
  held: MongoCollection<HeldRequestDocument>;
  effects: MongoCollection<EffectDocument>;
  firsts: MongoCollection<FirstUseDocument>;
  parked: MongoCollection<ParkedDocument>;
  manifests: MongoCollection<ManifestDocument>;
  chunks: MongoCollection<ChunkDocument>;
  leases: MongoCollection<LeaseDocument>;
  readings: MongoCollection<ReadingDocument>;
  snapshots: MongoCollection<SnapshotDocument>;
  snapshotPieces: MongoCollection<SnapshotPieceDocument>;
  viewOf(name: string): MongoCollection<ViewDocument>;
  close(): Promise<void>;
}

/** Longer than Kafka keeps facts (30 days): one heard again finds what came of it. */
const KEEP_SETTLED_S = 40 * 24 * 3_600;
/** For as long as a client may repeat a call. */
const KEEP_FIRSTS_S = 24 * 3_600;
const VIEW = /^[a-z][a-z0-9-]*(__rebuild)?$/;

const indexes = async (opened: OpenDatabase): Promise<void> => {
  await opened.commits.createIndexes([
    { key: { tenant: 1, streamId: 1, version: 1 }, name: 'stream', unique: true },
    { key: { tenant: 1, 'requests.id': 1 }, name: 'request', unique: true },
    {
      key: { unpublished: 1, streamId: 1, version: 1 },
      name: 'unpublished',
      partialFilterExpression: { unpublished: true },
    },
    { key: { tenant: 1, order: 1 }, name: 'order' },
  ]);
  await opened.anchored.createIndexes([
    { key: { tenant: 1, streamId: 1, version: 1 }, name: 'stream' },
    { key: { tenant: 1, run: 1 }, name: 'run' },
  ]);
  await opened.held.createIndexes([
    { key: { dueAt: 1 }, name: 'due', partialFilterExpression: { open: true } },
    { key: { tenant: 1, dueAt: 1 }, name: 'due-of', partialFilterExpression: { open: true } },
    { key: { settledAt: 1 }, name: 'settled', expireAfterSeconds: KEEP_SETTLED_S },
  ]);
  await opened.leases.createIndexes([{ key: { releasedAt: 1 }, name: 'released', expireAfterSeconds: KEEP_SETTLED_S }]);
  await opened.firsts.createIndexes([{ key: { at: 1 }, name: 'at', expireAfterSeconds: KEEP_FIRSTS_S }]);
  await opened.effects.createIndexes([
    { key: { doneAt: 1 }, name: 'done', expireAfterSeconds: KEEP_SETTLED_S },
    { key: { lane: 1, dueAt: 1 }, name: 'lane', partialFilterExpression: { open: true } },
    { key: { parkedAt: 1 }, name: 'parked', partialFilterExpression: { parkedAt: { $exists: true } } },
  ]);
  await opened.readings.createIndexes([
    { key: { at: 1 }, name: 'at', expireAfterSeconds: KEEP_SETTLED_S },
    { key: { tenant: 1, dueAt: 1 }, name: 'due-of', partialFilterExpression: { dueAt: { $exists: true } } },
    { key: { dueAt: 1 }, name: 'due', partialFilterExpression: { dueAt: { $exists: true } } },
  ]);
  await opened.chunks.createIndexes([{ key: { of: 1, stamp: 1, index: 1 }, name: 'of' }]);
  await opened.snapshots.createIndexes([{ key: { tenant: 1, streamId: 1 }, name: 'stream' }]);
  await opened.snapshotPieces.createIndexes([{ key: { tenant: 1, streamId: 1 }, name: 'stream' }]);
};

/** Room for the loops beside reads, which are bounded by caller. */
const POOL = 32;

const dial = async (url: string, dbName: string): Promise<mongoose.Connection> => {
  const connection = mongoose.createConnection();
  const settings = {
    dbName,
    serverSelectionTimeoutMS: 3_000,
    maxPoolSize: POOL,
    ignoreUndefined: true,
    promoteBuffers: true,
    // Acknowledged means on disk: Kafka's offsets move on what was acknowledged here.
    writeConcern: { w: 'majority' as const, journal: true },
    autoIndex: false,
    autoCreate: false,
  };
  try {
    return await connection.openUri(url, settings);
  } catch (error) {
    await connection.destroy().catch(() => undefined);
    throw error;
  }
};

const viewCollection = (db: MongoDatabase, name: string): MongoCollection<ViewDocument> => {
  if (!VIEW.test(name)) throw new Fault(`store: not a view name: ${JSON.stringify(name)}`);
  return db.collection(`view.${name}`);
};

/** Connects and declares the indexes. @throws Fault when the store does not answer within the patience. */
export const connect = async ({
  url,
  service,
  database,
  log,
  patienceMs,
}: {
  url: string;
  service: string;
  database: string;
  log: StoreLog;
  patienceMs: number;
}): Promise<OpenDatabase> => {
  const patiently = patient(patienceMs, log);
  const connection = await patiently('connecting to the store', () => dial(url, database)).catch((error: unknown) => {
    throw faultOf('connecting to the store', error);
  });
  const db = connection.getClient().db(database);
  const opened: OpenDatabase = {
    service,
    log,
    db,
    patiently,
    commits: db.collection('commits'),
    anchored: db.collection('anchored'),
    retention: db.collection('retention'),
    archives: db.collection('archives'),
    held: db.collection('held'),
    effects: db.collection('effects'),
    firsts: db.collection('firsts'),
    parked: db.collection('parked'),
    leases: db.collection('leases'),
    readings: db.collection('readings'),
    snapshots: db.collection('snapshots'),
    snapshotPieces: db.collection('snapshot-pieces'),
    manifests: db.collection('checkpoints'),
    chunks: db.collection('checkpoint-chunks'),
    viewOf: (name) => viewCollection(db, name),
    close: () => connection.destroy(),
  };
  try {
    await patiently('declaring indexes', () => indexes(opened));
    return opened;
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw faultOf('declaring indexes', error);
  }
};
