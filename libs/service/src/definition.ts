import type { Decider, Effect, Envelope, Reaction, Typed, View } from '#libs/model';
import type { About, Batch, Broker, OutRecord } from '#libs/events';
import type { Store } from '#libs/store';
import type { TenantState } from '#contracts';
import type { Logger } from 'pino';
import type { ReadyRequest } from './asking.js';
import type { BaseConfig } from './config.js';
import type { Keys } from './keys.js';
import type { TenantDirectory } from './settings.js';
import type { Metrics } from './metrics.js';

/** Where effects get the time; tests give a clock of their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
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
  setAside(record: Batch['records'][number], code: string, sentence: string, about?: About): Promise<void>;
}

/** Commits offsets by hand; `next` is the first that is not done. */
export type CommitOffsets = (offsets: { topic: string; partition: number; next: string }[]) => Promise<void>;

/** An effect over batches: a stage of the telemetry path. A batch comes at least once. */
export interface Pipe {
  name: string;
  topics: string[] | (() => Promise<string[]>);
  handle(batch: Batch, out: Out): Promise<void>;
  /**
   * For state kept with its offsets: says where to go on (none: the committed offset). Implies that `commitTo` moves
   * offsets.
   */
  onAssigned?(
    partitions: { topic: string; partition: number }[],
  ): Promise<{ topic: string; partition: number; offset: string }[]>;
  /** When given, offsets are committed only through the function it is handed. */
  manual?(commit: CommitOffsets): void;
}

/** What the runtime gives to a service's ports. */
export interface ServiceContext {
  name: string;
  config: BaseConfig;
  log: Logger;
  clock: Clock;
  store: Store;
  broker: Broker;
  out: Out;
  settings: TenantDirectory;
  metrics: Metrics;
  keys: Keys;
  /** Tells that the world is broken: the service becomes unready and ends with a code that is not 0. */
  fail(error: Error): void;
  /** Sends requests signed by the service, or holds those that are not due yet. */
  ask(requests: ReadyRequest[]): Promise<void>;
}

export type SettingsOf = TenantState | undefined;

/** A service on one page: what it decides, what it reacts to, what it shows, what it touches. */
export interface ServiceDefinition<Ports = unknown> {
  name: string;
  decides?: Decider<unknown, Typed, Typed, TenantState>[];
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
  /** Topics its pipes read and write, beyond what follows from the above; `ingest.` stands for all ingest topics. */
  pipesFrom?: string[];
  pipesTo?: string[];
  /** Opens what the effects need; called once, before anything is heard. */
  ports?(context: ServiceContext): Promise<Ports> | Ports;
  performs?(ports: Ports): Effect<Typed, Typed, TenantState>[];
  pipes?(ports: Ports): Pipe[];
  /** Starts listeners once everything else runs; @returns how to stop them. */
  listens?(ports: Ports, context: ServiceContext): Promise<() => Promise<void>>;
  /** Called on shutdown, after everything else has stopped. */
  close?(ports: Ports): Promise<void>;
}

/** States a service; the type of its ports stays inside. */
export const defineService = <Ports = undefined>(definition: ServiceDefinition<Ports>): ServiceDefinition =>
  definition as unknown as ServiceDefinition;
