/**
 * Response connectors: vendors' APIs behind the action classes of the domain. `openSession(connectorOf(vendor), config,
 * outside)`, then
 * `identifyTarget` (who is it there?), `runAction` (submits at most once, waits for the vendor's word), `verifyAction`
 * (looks for the effect
 * itself), `reconcileAction` (settles an unknown outcome by asking) and `undoAction`. Each is bounded in time; outgoing
 * addresses pass the
 * egress guard inside `createHttp`, which lets a session reach its secret's origins alone.
 */
import type { Connector } from './connector.js';
import { defender } from './defender/index.js';
import { okta } from './okta/index.js';

/** Sorted by vendor; one for each folder. */
export const connectors: readonly Connector[] = [defender, okta];

export const connectorOf = (vendor: string): Connector | undefined =>
  connectors.find((connector) => connector.vendor === vendor);

export type { Clock, ConnectorConfig, KeptSecret, Outside, Ports, Target, Verification, Who } from './connector.js';
export { createEgress, type Egress } from './egress.js';
export { EgressRefused, OutcomeUnknown, Unsupported, VendorRefused, VendorUnavailable } from './errors.js';
export { createHttp, type Http } from './http.js';
export { identifyTarget, type Identified } from './identify.js';
export {
  reconcileAction,
  runAction,
  undoAction,
  verifyAction,
  type Looked,
  type Outcome,
  type Reconciliation,
  type RunOptions,
  type RunResult,
} from './run.js';
export { systemClock } from './system-clock.js';
export { openSession, type Session } from './session.js';
