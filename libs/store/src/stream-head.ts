import type { ChainTip } from './commits.js';
import type { TenantScope } from './scope.js';

/** Where a stream stands and what it amounts to. */
export interface StreamHead<State> {
  head: ChainTip;
  state: State;
  /** Said of it so far, without answers. */
  facts: number;
}

/** A state as it stands, and whose it is. */
export interface StandingState {
  decider: { subject: string; version: number };
  tenant: TenantScope;
  streamId: string;
  known: StreamHead<unknown>;
}
