/** Anything named by a contract: `type` is `<subject>.<name>`. */
export interface Typed {
  type: string;
}

/** Who did or asked something. */
export interface Actor {
  subject: string;
  side: 'SYSTEM' | 'PROVIDER' | 'CUSTOMER';
}

/** The CloudEvents attributes of a message. Times are epoch milliseconds. */
export interface Envelope {
  id: string;
  type: string;
  /** Name of the service that said it. */
  source: string;
  /** Stream id for facts of a stream (`<subject>/<tenant>/<key>`), else the entity or id it speaks of. */
  subject: string;
  time: number;
  tenant: string;
  causationId?: string;
  correlationId?: string;
  traceparent?: string;
  /** Place of a stream's fact: commit version, index in the commit and number of facts in the commit. */
  sequence?: { version: number; index: number; count: number };
}

/** A message as it was heard, with the latest version of its contract. */
export interface Heard<M extends Typed = Typed> {
  envelope: Envelope;
  message: M;
}

/**
 * What a decision may know besides its request and past facts. `settings` is the tenant's current form, if there is
 * one.
 */
export interface DecisionContext<Settings = unknown> {
  tenant: string;
  actor: Actor;
  /** Roles the actor holds for this tenant, as they were signed; a service has SERVICE. */
  roles: readonly string[];
  requestId: string;
  now: number;
  /**
   * Since when the service has heard requests and facts without a break, epoch ms: before then people may have said
   * what nobody heard. Absent: all along.
   */
  listeningSince?: number | undefined;
  settings: Settings | undefined;
}

/**
 * Request + past facts -> new facts. Pure. A stream is `<subject>/<tenant>/<key>`.
 * `decide` returns no facts for "nothing new" (UNCHANGED) and throws Refused for a business no; `evolve` is total.
 */
export interface Decider<State, Request extends Typed, Fact extends Typed, Settings = unknown> {
  /** Subject of its contracts: it answers `vigie.<subject>.requests` and says `vigie.<subject>.events`. */
  subject: string;
  /** Raised whenever State or evolve change: snapshots of another version are ignored. */
  version: number;
  /** Key of the stream the request is for; `_operator`-level subjects use a constant. */
  key(request: Request, tenant: string): string;
  initial(): State;
  evolve(state: State, fact: Fact): State;
  decide(request: Request, state: State, context: DecisionContext<Settings>): Fact[];
  /**
   * Of a fact that is the current form of one part of what its stream is of: names the part, in its record's key after
   * that of the stream. A compacted topic keeps the latest of each.
   */
  partOf?(fact: Fact): string | undefined;
}

/** A request that a reaction or effect makes. */
export interface Asked<Request extends Typed = Typed> {
  request: Request;
  /** Tenant it is for; that of the cause when absent. */
  tenant?: string;
  /** Held back until then (epoch ms): a timer. Sent at once when absent. */
  dueAt?: number;
  /** Derives the request's id together with the cause's id; needed when a cause asks several requests of one type. */
  seed?: string;
}

/**
 * A fact heard -> requests. Pure. Playbooks are reactions. The request id derives from the fact, the name and the seed.
 */
export interface Reaction<Fact extends Typed = Typed, Request extends Typed = Typed, Settings = unknown> {
  name: string;
  hears: Fact['type'][];
  react(heard: Heard<Fact>, settings: Settings | undefined): Asked<Request>[];
}

/** Fact + document -> document. Pure. Documents belong to the fact's tenant. */
export interface View<Doc = unknown, Fact extends Typed = Typed> {
  /** Collection name, kebab-case. */
  name: string;
  hears: Fact['type'][];
  /** Ids of the documents the fact changes; none when it concerns no document. */
  keys(heard: Heard<Fact>): string[];
  /** @returns the new document, or undefined to leave no document. Must not depend on order across streams. */
  show(doc: Doc | undefined, heard: Heard<Fact>, key: string): Doc | undefined;
}

/** One go at an effect. */
export interface EffectAttempt {
  resumed: boolean;
  /**
   * To be asked right before what cannot be done twice. @throws when another worker has taken the effect meanwhile, as
   * it does of one that was held up.
   */
  mayAct?(): Promise<void>;
}

/**
 * Touches the outside world when a fact is heard, and reports what came of it as requests. What is done is remembered
 * by fact id, so a replay or a redelivery performs nothing again. When an earlier attempt began and its end is not
 * known, `resumed` is true: the effect must first find out what happened, never repeat blindly.
 */
export interface Effect<Fact extends Typed = Typed, Request extends Typed = Typed, Settings = unknown> {
  name: string;
  hears: Fact['type'][];
  /** Not performed before then (epoch ms), noted in the store until then; at once unless said. */
  dueAt?(fact: Fact): number;
  /** How many of one tenant are under way at once; a few unless said. */
  atOnce?: number;
  /** How many of all tenants; as many as the service takes unless said. */
  atOnceInAll?: number;
  /** What has not ended by then is taken for one that failed. Default 10. */
  withinMinutes?: number;
  perform(heard: Heard<Fact>, settings: Settings | undefined, attempt: EffectAttempt): Promise<Asked<Request>[]>;
}
