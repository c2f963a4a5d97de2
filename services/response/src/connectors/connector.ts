/**
 * A response connector: one vendor's API behind the action classes of `domain/action/classes.ts`.
 *
 * To add one (commands in docs/adding/connector.md):
 *  1. `<vendor>/endpoints.ts`: the calls it makes, as the vendor publishes them: method, path, whether it acts, the
 *     answer's shape.
 *  2. `<vendor>/identify.ts`: who a name is there, with every name the vendor has for them.
 *  3. `<vendor>/<action-class>.ts`: one file an action, and one for its inverse.
 *  4. `<vendor>/index.ts`: the connector; add it to the sorted list in `index.ts`.
 *  5. `tools/standins/src/<vendor>/`: a stand-in that follows the same published pages and can misbehave; add it to the
 *     sorted list there.
 *  6. `<vendor>/<vendor>.spec.ts`: run `conformance()` of `test/conformance/suite.ts` against that stand-in.
 *
 * Rules: a name is only ever a question (`identify`), and everything else acts on the vendor's own id that answered it;
 * an API's 200 is not an effect (`verify` looks elsewhere), and an empty answer proves nothing (`session/silence.ts`);
 * an answer that is missing is never guessed (`find` asks); names that come from events are checked before they enter a
 * query, and answers about somebody else are not believed; a credential is never put in an error.
 */
import type { ZodType } from 'zod';
import type { ActionTarget, Connector, TargetType, UnverifiedReason } from '#contracts';
import type { ActionClass } from '#libs/policy';
import type { Http, KeptSecret } from '#libs/outbound';

/** Who the target turned out to be. The vendor's id alone enters a call; the name is for words. */
export interface IdentifiedTarget {
  kind: TargetType;
  vendorId: string;
  name: string;
}

/**
 * `names`: everything the vendor knows it by, its id, aliases and addresses among them: exclusions go by any of them.
 */
export type IdentityAnswer =
  | { outcome: 'FOUND'; vendorId: string; name: string; names: string[]; detail: string }
  | { outcome: 'NOT_FOUND' | 'AMBIGUOUS'; detail: string };

/** What a session needs from the world. */
export interface SessionPorts {
  /** A way out that leads to these origins and nowhere else. */
  connect(origins: readonly string[]): Http;
  /**
   * The tenant's secret of that name, as it is kept at this moment.
   * @throws SecretMissing when none is kept for the tenant; it says no more of one of another's.
   */
  keep(ref: string): KeptSecret;
  clock: PausingClock;
  /** Bound of one call, default 15,000. */
  timeoutMs?: number;
}

/** What a connector has of the world: a way to its secret's origins alone. */
export interface ConnectorPorts {
  http: Http;
  clock: PausingClock;
  /**
   * Resolves a `secretRef`; the value is never logged.
   * @throws VendorUnavailable unless it may be sent to the account's base address.
   */
  secrets(ref: string): Promise<string>;
  timeoutMs?: number;
}

export interface PausingClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One published call. `{names}` in the path are filled, encoded, from the call's `at`. */
export interface VendorEndpoint<Answer = unknown> {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** It changes something at the vendor: without an answer the outcome is unknown. */
  acts: boolean;
  /** What we rely on. */
  answer: ZodType<Answer>;
  /** Every property the vendor documents for this answer (of each item, for a list): stand-ins may send no other. */
  published: readonly string[];
}

export interface VendorCall {
  at?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Sent as the caller's name (`user-agent`), which vendors keep in their records. */
  mark?: string;
  signal?: AbortSignal;
}

/** A logged-in account at a vendor. */
export interface VendorApi {
  readonly config: Connector;
  readonly clock: PausingClock;
  /** Throws Unsupported, VendorRefused, VendorUnavailable; OutcomeUnknown only for endpoints that act. */
  call<Answer>(endpoint: VendorEndpoint<Answer>, call?: VendorCall): Promise<Answer>;
}

/** `expiresAt` in epoch milliseconds; Infinity for a token that does not expire. */
export interface Credential {
  authorization: string;
  expiresAt: number;
}

export interface Submission {
  /** Under which the vendor knows the action. */
  vendorRef: string;
  /** A part that was not done, in words; makes the outcome PARTIAL. */
  missing?: string;
}

/**
 * OURS: this very action is there, under our mark; ALREADY: the effect is there, and nothing says that it is ours;
 * UNTOLD: it is there, and the vendor's records do not tell yet whose it is; ABSENT: neither; TURNING: another's doing
 * that gives or takes the effect is not finished, so that nothing is in force for good.
 * Only what is OURS is ever lifted by a timer, so a vendor that keeps no mark answers ALREADY.
 */
export type FoundEffect =
  | { state: 'OURS' | 'ALREADY' | 'UNTOLD'; vendorRef: string; evidence: string }
  | { state: 'ABSENT'; evidence: string }
  | { state: 'TURNING'; evidence: string };

export type PollState = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/**
 * What a look for an effect saw. NOT_YET: it neither proves nor disproves it, so look again later. INEFFECTIVE before
 * the action's lag is over counts as NOT_YET, too.
 */
export type Verification = {
  /** One sentence: what was looked at, and what was seen. */
  evidence: string;
  /** Up to when what was seen reaches, by the vendor's clock (epoch ms). */
  observedAt: number;
} & ({ verdict: 'EFFECTIVE' | 'INEFFECTIVE' } | { verdict: 'NOT_YET'; reason: UnverifiedReason });

export interface ConnectorAction extends ActionClass {
  /** How long after the vendor's word its effect may take to happen, and to show in what is looked at. */
  lagMs: number;
  /** STATE: read back, on a fresh reading. What takes away is proved by TELEMETRY: a state is the vendor's word. */
  provedBy: 'STATE' | 'TELEMETRY';
  /** The steps, in words. */
  plan(target: ActionTarget): string[];
  /** Acts once. The idempotency key is written where the vendor keeps a comment. */
  submit(
    api: VendorApi,
    who: IdentifiedTarget,
    options: { idempotencyKey: string; signal?: AbortSignal },
  ): Promise<Submission>;
  poll(api: VendorApi, vendorRef: string, signal?: AbortSignal): Promise<PollState>;
  /**
   * Does what an attempt cut short may have left undone, where the effect is found in force; repeating it must be
   * harmless.
   * @returns what is missing still, in words. Never throws.
   */
  complete?(api: VendorApi, vendorRef: string, signal?: AbortSignal): Promise<string | undefined>;
  /** Looks for the effect itself since that time (epoch ms; the vendor's own time of completion is preferred). */
  verify(api: VendorApi, who: IdentifiedTarget, since: number, signal?: AbortSignal): Promise<Verification>;
  /** Asks the vendor whether it was done already: reconciles OUTCOME_UNKNOWN and makes repetition harmless. */
  find(api: VendorApi, who: IdentifiedTarget, idempotencyKey: string, signal?: AbortSignal): Promise<FoundEffect>;
  /**
   * Where the vendor keeps marks: whose effect is in force now, in words, if it is surely another's than that key's. It
   * is not ours to lift.
   */
  foreign?(
    api: VendorApi,
    who: IdentifiedTarget,
    idempotencyKey: string,
    signal?: AbortSignal,
  ): Promise<string | undefined>;
}

export interface ResponseConnector {
  /** As in the tenant's configuration; also the folder's name. */
  vendor: string;
  title: string;
  endpoints: readonly VendorEndpoint[];
  /** Turns the secret into an Authorization header; must not let the secret into an error. */
  logIn(config: Connector, ports: ConnectorPorts, signal?: AbortSignal): Promise<Credential>;
  /** Headers that tell when a 429 ends (epoch ms), if the vendor has its own; Retry-After is always understood. */
  retryAt?(headers: Record<string, string>): number | undefined;
  /** The vendor's error code and sentence in a 4xx body; `unsupported` if it says it can never do this. */
  explain(body: unknown): { code: string; message: string; unsupported: boolean };
  /**
   * Asks who the target is, and changes nothing. FOUND only if the vendor names exactly one, and what was asked for is
   * one of its names: special words, patterns and addresses name nobody. Throws as `Api.call` does; Unsupported for
   * what cannot be a name.
   */
  identify(api: VendorApi, target: ActionTarget, signal?: AbortSignal): Promise<IdentityAnswer>;
  actions: readonly ConnectorAction[];
}
