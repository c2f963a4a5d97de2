import type { Decider, Effect, Envelope, Heard, Reaction, Typed, View } from '#libs/model';
import type { LetterDetails, Batch, Broker, OutRecord, UnreadableRecord } from '#libs/events';
import type { Store } from '#libs/store';
import type { TenantState } from '#contracts';
import type { Logger } from 'pino';
import type { ReadyRequest } from './ready-requests.js';
import type { BaseConfig, Environment } from './config.js';
import type { Keys } from './keys.js';
import type { TenantDirectory } from './settings.js';
import type { Metrics } from './metrics.js';
import type { Traces } from './traces.js';

/** Where effects get the time; tests give a clock of their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Of a clock that is moved: calls back when it was. @returns ends that. */
  onMove?(moved: () => void): () => void;
}

/** What a pipe or listener sends through. Resolves when the broker has everything. */
export interface Out {
  send(records: OutRecord[]): Promise<void>;
  /** A record of a contract, with an envelope from this service. `id` must derive from the input. */
  record(tenant: string, message: Typed, envelope: Partial<Envelope> & { id: string }, shard?: number): OutRecord;
  /**
   * Sets a record aside with a code and a sentence; the stream goes on. Of a tenant that loses very much the rest is
   * counted (see boundedLetters). `about` names a part of a record, and how many losses the letter stands for.
   */
  setAside(record: Batch['records'][number], code: string, sentence: string, about?: LetterDetails): Promise<void>;
}

/** Commits offsets by hand; `next` is the first that is not done. */
export type CommitOffsets = (offsets: { topic: string; partition: number; next: string }[]) => Promise<void>;

/** A pipe that is at work. A batch comes at least once. */
export interface OpenPipe {
  /** Instead of what the pipe reads from, where topics come and go. */
  topics?(): Promise<string[]>;
  handle(batch: Batch, out: Out): Promise<void>;
  /** Hears of a batch that could not be unpacked, once it is set aside. */
  unreadable?(record: UnreadableRecord, out: Out): Promise<void>;
  /**
   * For state kept with its offsets: says where to go on (none: the committed offset). Implies that `commitTo` moves
   * offsets.
   */
  onAssigned?(
    partitions: { topic: string; partition: number }[],
  ): Promise<{ topic: string; partition: number; offset: string }[]>;
  /** When given, offsets are committed only through the function it is handed. */
  manual?(commit: CommitOffsets): void;
  /** Called on shutdown, when nothing comes any more. */
  stop?(): Promise<void>;
}

/** An effect over batches: a stage of the telemetry path. */
export interface Pipe<Ports = unknown> {
  /** Ends the name of its consumer group. */
  name: string;
  /** Topics it reads and writes: rights on Kafka follow from them; `ingest.` stands for all ingest topics. */
  from: readonly string[];
  to: readonly string[];
  open(ports: Ports): OpenPipe;
}

/** What the runtime gives to a service's ports. */
export interface ServiceContext<Config extends BaseConfig = BaseConfig> {
  name: string;
  config: Config;
  log: Logger;
  clock: Clock;
  store: Store;
  broker: Broker;
  out: Out;
  settings: TenantDirectory;
  metrics: Metrics;
  keys: Keys;
  traces: Traces;
  /** Tells that the world is broken: the service becomes unready and ends with a code that is not 0. */
  fail(error: Error): void;
  /** Sends requests signed by the service, or holds those that are not due yet. */
  ask(requests: ReadyRequest[]): Promise<void>;
}

/** What takes in from outside, or works by the clock, once everything else runs. */
export interface ServiceListener<Ports, Config extends BaseConfig> {
  /** Topics it appends to; `ingest.` stands for all ingest topics. */
  to?: readonly string[];
  /** @returns how to stop it. */
  start(ports: Ports, context: ServiceContext<Config>): Promise<() => Promise<void>>;
}

/**
 * A service on one page: what it decides, what it reacts to, what it shows, what it touches. Whoever only reads the
 * page opens nothing: topology, rights and authority follow from it.
 */
export interface ServiceDefinition<Ports = unknown, Config extends BaseConfig = BaseConfig> {
  name: string;
  /** Reads its configuration: the base block alone unless said. @throws Error naming all that is missing or wrong. */
  config?(environment: Environment): Config;
  decides?: Decider<unknown, Typed, Typed, TenantState>[];
  /** Subjects of the streams in which it keeps what Kafka carried first. */
  keeps?: readonly string[];
  reacts?: Reaction<Typed, Typed, TenantState>[];
  shows?: View<unknown, Typed>[];
  /**
   * Types of the requests that its reactions, effects or listeners ask, of other services or its own. Its key signs
   * these, as the service itself, and no others: after a change, `npm run vigie -- topology`.
   */
  asks?: readonly string[];
  /**
   * Types of the requests that it puts for people whom it has identified: its key signs these for them. The gateway's
   * alone.
   */
  asksForPeople?: readonly string[];
  /** Topics that its ports read from the beginning, each instance for itself. */
  follows?: readonly string[];
  /** Opens what the effects need; called once, before anything is heard. */
  ports?(context: ServiceContext<Config>): Promise<Ports> | Ports;
  performs?(ports: Ports): Effect<Typed, Typed, TenantState>[];
  /** Counts figures of the facts that its reactions hear, as they pass. Nothing is decided by them. */
  counts?(context: Pick<ServiceContext, 'metrics' | 'clock'>): (heard: Heard) => void;
  pipes?: readonly Pipe<Ports>[];
  listens?: ServiceListener<Ports, Config>;
  /** Called on shutdown, after everything else has stopped. */
  close?(ports: Ports): Promise<void>;
}

/** States a service. The types of its configuration and its ports follow from `config` and `ports`, stated first. */
export const defineService = <Ports = undefined, Config extends BaseConfig = BaseConfig>(
  definition: ServiceDefinition<Ports, Config>,
): ServiceDefinition<Ports, Config> => definition;
