import type { Actor, Decider, Envelope, Fault, Heard, Typed, View } from '#libs/model';
import type { AnswerOutcome } from '#contracts';
import type { ChainOfStore, Erasure, CommitProblem, Seal } from './port-chain.js';
import type { EffectTurn, NotedEffect, Parked, TakenEffect } from './port-effects.js';
import type { SnapshotOptions } from './port-snapshots.js';
import type { ReadingStore } from './port-readings.js';
import type { Retention } from './port-retention.js';

export type { SnapshotOptions, SnapshotOutcome } from './port-snapshots.js';
export type { EffectTurn, NotedEffect, Parked, ParkedKind, TakenEffect } from './port-effects.js';

/** What the store says while it works; pino's loggers fit. */
export interface StoreLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Messages to and from the framed bytes that are kept and published unchanged; the schema id is bytes 1 to 4. */
export interface FactCodec {
  encode(message: Typed): Buffer;
  decode(value: Buffer): Typed;
}

export interface StoreOptions {
  url: string;
  /** Name of the service; the database is `vigie_<service>` unless `database` is given. */
  service: string;
  log: StoreLog;
  database?: string;
  /** That of `#libs/events` when absent. */
  codec?: FactCodec;
  /**
   * Signs anchors, erasures and snapshots, and reads signed ones. Without it none can be made, and erasures count
   * unsigned.
   */
  seal?: Seal;
  snapshots?: SnapshotOptions;
  /** Folder of archived commits, of this service alone. Without it nothing is archived, and nothing archived is read. */
  archive?: string | undefined;
  /** How long operations are retried while the store is away. Default 30 000. */
  patienceMs?: number;
}

/** A request to decide. Times are epoch milliseconds. */
export interface DecisionRequest<Request extends Typed = Typed, Settings = unknown> {
  tenant: string;
  requestId: string;
  request: Request;
  actor: Actor;
  /** Roles that were signed with the actor. */
  roles: readonly string[];
  now: number;
  /** See DecisionContext. */
  listeningSince?: number;
  /** SHA-256 of the framed bytes that were signed: tells the request put again from another under its id. */
  digest?: Buffer;
  settings?: Settings | undefined;
  /** Answered EXPIRED when it lies before `now`. */
  expiresAt?: number;
  /** Version the stream must have, else REFUSED with code STALE. */
  basedOn?: number;
  correlationId?: string;
  causationId?: string;
  traceparent?: string;
}

/** The one answer of a request. */
export interface DecisionAnswer {
  tenant: string;
  requestId: string;
  requestType: string;
  /** ID_USED: another request bears this id. It was not decided, and what that one was answered is not its answer. */
  outcome: AnswerOutcome | 'ID_USED';
  code: string;
  message: string;
  /** Empty when nothing was written. */
  streamId: string;
  version: number;
  /** It had been answered before: the relay sends nothing new, the caller may send `fact` again. */
  repeated: boolean;
  /** The stored `request.answered`; none when the id was used. */
  fact: OutFact | undefined;
}

/** A stored fact as it is to be published: `bytes` is the record's value, unchanged. */
export interface OutFact {
  topic: string;
  /** `<tenant>/<key of the stream>`, or `<tenant>` for a stream without a key. */
  key: string;
  envelope: Envelope;
  bytes: Buffer;
}

/** Facts of no stream, as Kafka carried them: of one tenant, in the order of their partition. */
export interface FactsToKeep {
  tenant: string;
  /** The stream that keeps them: `<subject>/<tenant>/<key>`, of some hundred thousand facts at most. */
  subject: string;
  key: string;
  facts: readonly FactToKeep[];
}
/** `bytes` is the record's value. */
export interface FactToKeep {
  envelope: Envelope;
  bytes: Buffer;
}
export interface FactNotKept {
  fact: FactToKeep;
  /** A sentence. */
  reason: string;
}

export interface Relay {
  /** Sends what is unpublished now; returns when none is left. */
  drain(): Promise<void>;
  /** Ends the loop after the batch in flight and gives the lease back. */
  stop(): Promise<void>;
  health(): { leading: boolean; lastRoundAt: number; failures: number };
}

export interface RelayOptions {
  /** Default 1 000; five times that while a change stream wakes it and there is nothing to send. */
  pollMs?: number;
  /** Commits a round. Default 500. */
  batch?: number;
  /** How long another replica waits for a silent one. Default 6 000. */
  leaseMs?: number;
  /** Why the broker would never take a fact, if so: its stream is parked before anything of it is sent. */
  refuses?(fact: OutFact): string | undefined;
  /** Whether the broker blamed what was sent, not the state of the world. */
  blames?(error: unknown): boolean;
  /** A change stream wakes the relay for commits of other replicas. Default true. */
  watch?: boolean;
  /** Called once, when rounds failed for good although each was tried with patience. The relay goes on trying. */
  onFault?(error: Fault): void;
}

/** A view may name fields of its documents to index. */
export type StoredView<Doc = unknown, Fact extends Typed = Typed> = View<Doc, Fact> & { indexes?: readonly string[] };

/** A document as a view has it. */
export interface TenantDocument<Doc> {
  tenant: string;
  key: string;
  doc: Doc;
}
export interface ViewChange<Doc> {
  tenant: string;
  key: string;
  /** Absent: the document is gone. */
  doc: Doc | undefined;
}

export type FilterScalar = string | number | boolean | null;
/** Equality, or whitelisted operators; a field that is an array matches by its elements. */
export type ViewFilter = Record<
  string,
  | FilterScalar
  | {
      in?: FilterScalar[];
      gt?: FilterScalar;
      gte?: FilterScalar;
      lt?: FilterScalar;
      lte?: FilterScalar;
      ne?: FilterScalar;
      prefix?: string;
    }
>;

export interface ViewQuery {
  /** Dotted paths within the document. */
  where?: ViewFilter;
  sort?: Record<string, 1 | -1>;
  /** 1 to 500. Default 100. */
  limit?: number;
  /** `next` of the page before, of the same query. */
  after?: string;
}

/** How long a read may take: for people, who do not wait while a store comes back. */
export interface ReadLimit {
  withinMs: number;
}

/** Reads of one view within the named tenants. */
export interface ScopedView<Doc> {
  /** With several tenants the first document found; name the tenant to be sure. */
  get(key: string): Promise<Doc | undefined>;
  getMany(keys: readonly string[]): Promise<TenantDocument<Doc>[]>;
  find(query?: ViewQuery): Promise<{ items: TenantDocument<Doc>[]; next?: string }>;
  count(where?: ViewFilter): Promise<number>;
  /** Whether the document has taken in a fact of that version (or a later one) of the stream. */
  reached(key: string, streamId: string, version: number): Promise<boolean>;
}

export interface DocumentDifference {
  tenant: string;
  key: string;
  kind: 'MISSING' | 'EXTRA' | 'DIFFERENT';
  live?: unknown;
  rebuilt?: unknown;
  /** They have taken in different facts: one of them lags, which is not an error by itself. */
  lag: boolean;
}

/** A view that is being built anew from facts as they are read. */
export interface ViewRebuild {
  /** Each stream in order; what the view does not hear is passed over. */
  take(facts: readonly Heard[]): Promise<void>;
  /** Compares with the live one, and, unless it was only to be checked, puts the new one in its place. */
  end(): Promise<DocumentDifference[]>;
}

export interface FactsQuery {
  types?: readonly string[];
  /** Commit time, inclusive, epoch ms. */
  from?: number;
  /** Exclusive. */
  to?: number;
}

export interface TenantFacts {
  /** Facts of one stream in order, without answers. Version 0: there is no such stream. */
  stream(streamId: string): Promise<{ version: number; facts: Heard[] }>;
  /** In commit order; answers only when `types` names them. Erased facts are left out. */
  all(query?: FactsQuery): AsyncIterable<Heard>;
  /** What is wrong with the chain of a stream, or of all: within it, and against what anchors saw of it. */
  verify(streamId?: string): Promise<CommitProblem[]>;
  /**
   * Writes down what is erased, then blanks salts, bytes and actors; the chain still verifies.
   * @returns commits blanked.
   */
  erase(erasure: Erasure): Promise<number>;
}

/** A request held back until it is due. */
export interface HeldRequest {
  id: string;
  tenant: string;
  dueAt: number;
  request: Typed;
  causationId?: string;
  correlationId?: string;
  traceparent?: string;
  /** Whatever else the caller needs to send it. */
  meta?: Record<string, string | number | boolean>;
}

/** What was first done under an id that a client chose. */
export interface FirstUse {
  /** What was wanted: tells a repeated call from another. */
  of: string;
  bytes: Buffer;
}

export interface Checkpoint {
  topic: string;
  partition: number;
  /** Next offset to read, decimal. */
  offset: string;
  /** Of an owner: lower ones are fenced. */
  epoch: number;
  bytes: Buffer;
  /**
   * Of a topic that has grown, how many partitions it has: the bytes may tell of shards of before, too, that lie in
   * other partitions now and are theirs. Not to be given when one is saved.
   */
  partitions?: number;
}

/** Given instead of a tenant where all tenants are meant; never by accident. */
export type EveryTenant = { readonly every: 'tenant' };

export interface Store extends ReadingStore {
  /**
   * Decides requests and commits one document a stream, with the facts and the answers in it.
   * Answers in the order of the asks. @throws Fault when the store is away for longer than its patience.
   */
  execute<State, Request extends Typed, Fact extends Typed, Settings>(
    decider: Decider<State, Request, Fact, Settings>,
    asks: readonly DecisionRequest<Request, Settings>[],
  ): Promise<DecisionAnswer[]>;
  /**
   * Keeps facts that Kafka carried before, one commit a stream and some MiB, chained as any other. They are never sent
   * again; a replay gives them as they were heard. What its stream keeps already, by id, is not kept twice.
   * @returns the facts that the store can never take. @throws Fault when it is away for longer than its patience.
   */
  keep(all: readonly FactsToKeep[], now: number): Promise<FactNotKept[]>;
  /** Ids of the facts that such a stream keeps. */
  keptIn(stream: Omit<FactsToKeep, 'facts'>): Promise<ReadonlySet<string>>;
  startRelay(send: (facts: OutFact[]) => Promise<void>, options?: RelayOptions): Relay;
  /**
   * Folds facts into the view's documents; returns when they are acknowledged. Facts without a sequence must be
   * idempotent.
   */
  applyView<Doc, Fact extends Typed>(view: StoredView<Doc, Fact>, heard: readonly Heard[]): Promise<ViewChange<Doc>[]>;
  /** With a limit each read ends within that time, with a Fault if need be, and is not tried again beyond it. */
  view<Doc>(name: string, limit?: ReadLimit): { for(tenants: string | readonly string[]): ScopedView<Doc> };
  /** Every document of a tenant in a view that meets a filter, by key: for whoever has room for all of them. */
  allOf<Doc>(view: string, tenant: string, where?: ViewFilter): Promise<TenantDocument<Doc>[]>;
  /** Begins to build the view anew beside the live one; with `check` it is only compared and thrown away. */
  rebuildView<Doc, Fact extends Typed>(view: StoredView<Doc, Fact>, options: { check: boolean }): Promise<ViewRebuild>;
  facts(tenant: string): TenantFacts;
  chain: ChainOfStore;
  retention: Retention;
  /** Stored facts, answers too, in commit order, to be published once more for views. */
  replay(of: string | EveryTenant, subjects?: readonly string[]): AsyncIterable<OutFact>;
  hold(held: readonly HeldRequest[]): Promise<void>;
  /**
   * Held requests due at `now`, earliest first, of all tenants of this service; when there are more than `limit`, of
   * each tenant as many.
   * @param takenForMs they are the caller's for so long: no other replica is given them until then.
   */
  due(now: number, limit: number, takenForMs?: number): Promise<HeldRequest[]>;
  /** When the first of all that is held is due, epoch ms; none when nothing is held. */
  nextDue(): Promise<number | undefined>;
  settle(ids: readonly string[]): Promise<void>;
  /**
   * Removes a tenant's documents, held requests, effect notes and firsts; its facts are blanked by
   * `facts(tenant).erase()`.
   */
  forget(tenant: string): Promise<{ documents: number; held: number; effects: number; firsts: number }>;
  /**
   * Keeps, for a day, what is first done under an id.
   * @returns what was: `kept` itself, or what an earlier call kept.
   */
  first(tenant: string, id: string, kept: FirstUse): Promise<FirstUse>;
  /** Puts a held request that cannot be sent aside; others are not kept waiting. */
  parkTimer(id: string, reason: string): Promise<void>;
  /** Notes what effects are to do, once for each fact: the stream may then go on. */
  noteEffects(noted: readonly NotedEffect[], now: number): Promise<void>;
  /** `<tenant>/<effect>` of all that is noted and due. */
  effectLanes(now: number): Promise<string[]>;
  /** When the next of what is noted and not due is, epoch ms; none when there is no such. */
  nextTurn(now: number): Promise<number | undefined>;
  /** The next of a lane, for `leaseMs`; none when all are taken or not due. */
  takeEffect(lane: string, now: number, leaseMs: number): Promise<EffectTurn | undefined>;
  /** @throws Unreadable when what was noted cannot be read. */
  heardOf(turn: EffectTurn): Heard;
  /** Says that somebody is still at it. @returns false when somebody else has taken it, or it is done. */
  keepEffect(taken: TakenEffect, leaseMs: number): Promise<boolean>;
  /**
   * Notes that what came of the effect was sent: it is never performed again for this fact. @returns false when
   * somebody else has taken it: it is theirs to say.
   */
  finishEffect(taken: TakenEffect): Promise<boolean>;
  /**
   * Puts an effect off; with `park` it is among the parked from now on, until it succeeds. @returns false when somebody
   * else has taken it.
   */
  failEffect(taken: TakenEffect, put: { dueAt: number; reason: string; park: boolean }): Promise<boolean>;
  /** What one tenant's trouble keeps waiting; at most 1 000 of a kind. */
  parked(): Promise<Parked[]>;
  /**
   * Lets it go on, after the cause was mended. A document's row is only forgotten: it is mended by a rebuild. What a
   * reading waits for is given up.
   * @returns whether it was there.
   */
  release(parked: Pick<Parked, 'kind' | 'id'>): Promise<boolean>;
  /** Parked effects are due at once. */
  retryParked(): Promise<void>;
  /** @returns false when a newer epoch owns the partition: stop working on it. */
  saveCheckpoint(checkpoint: Checkpoint): Promise<boolean>;
  loadCheckpoint(topic: string, partition: number): Promise<Checkpoint | undefined>;
  /** Takes the partition over: all older epochs are fenced from now on. */
  claimCheckpoint(topic: string, partition: number): Promise<{ epoch: number; checkpoint: Checkpoint | undefined }>;
  /**
   * Before a topic of `from` partitions grows to the multiple `to`, and when all that was in it is done: each new
   * partition begins with what is kept of the one whose keys come to it. May be repeated until the topic has grown.
   * @returns how many.
   */
  growCheckpoints(topic: string, from: number, to: number): Promise<number>;
  /** What one holder at a time does, in whichever process; it ends by itself `leaseMs` after it was last held. */
  lease(name: string, leaseMs: number): Lease;
  /** Round trip in ms. @throws Fault at once when the store does not answer. */
  ping(): Promise<number>;
  close(): Promise<void>;
}

/** One holder at a time; the epoch grows with each new one. */
export interface Lease {
  /** Takes it, or renews it when half of its time is over. @returns whether it is ours. */
  hold(): Promise<boolean>;
  /** Whether it is surely still ours, by our own clock. */
  isHeld(): boolean;
  epoch(): number;
  release(): Promise<void>;
}

export type Execute = Store['execute'];
