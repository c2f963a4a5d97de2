import type { MisbehaveOptions, Misbehaviour } from './behaviour.js';

/** A stateful stand-in for a vendor's API, on plain node:http. */
export interface Standin {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  /** The credential it accepts, in the form the connector's secret has. */
  secret: string;
  callLog(): LoggedCall[];
  state(): unknown;
  misbehave(mode: Misbehaviour, options?: MisbehaveOptions): void;
  stop(): Promise<void>;
}

/** `effect` only where the call changed something. */
export interface LoggedCall {
  at: number;
  method: string;
  path: string;
  effect?: string;
}

export interface StandinOptions {
  /** 0: any free one. */
  port?: number;
  /** Default 127.0.0.1; the control calls under /_standin answer on loopback only, whatever it is. */
  host?: string;
  /** Epoch ms; tests pass virtual time. */
  now?: () => number;
}

export interface StandinAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface StandinRequest {
  /** From the path's {names}. */
  at: Record<string, string>;
  query: URLSearchParams;
  /** JSON or form, as an object. */
  body: Record<string, unknown>;
  /** As the caller names itself; empty where it does not. */
  userAgent: string;
  /** How to go wrong, and by how much; see MISBEHAVIOURS. */
  mode: Misbehaviour;
  byMs: number;
  /** Notes in the call log what was changed. */
  effect(what: string): void;
}

export interface StandinRoute {
  method: string;
  path: string;
  /** Changes something: misbehaviour applies. */
  acts?: boolean;
  /** Answers without a credential. */
  open?: boolean;
  answer(asked: StandinRequest): StandinAnswer;
}

export interface StandinVendor {
  routes: StandinRoute[];
  secret: string;
  admits(authorization: string): boolean;
  /** In the vendor's own form. */
  unauthorized: StandinAnswer;
  notFound: StandinAnswer;
  rateLimited(): StandinAnswer;
  broken: StandinAnswer;
  state(): unknown;
}

/** What the installation's stand-ins are started by. */
export interface StandinOfVendor {
  /** As the connector of it is called; also the folder's name. */
  vendor: string;
  /** The one credential it accepts. */
  secret: string;
  start(options: StandinOptions): Promise<Standin>;
}
