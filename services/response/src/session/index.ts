/**
 * A tenant's account at a vendor, and what is done through it: `openSession(connectorOf(vendor), config, ports)`, then
 * `identifyTarget` (who is it there?), `runAction` (submits at most once, waits for the vendor's word), `verifyAction`
 * (looks for the effect itself), `reconcileAction` (settles an unknown outcome by asking) and `undoAction`. Each is
 * bounded in time; outgoing addresses pass the egress guard of `libs/outbound`, which lets a session reach its secret's
 * origins alone.
 */
export { identifyTarget } from './identify.js';
export {
  reconcileAction,
  runAction,
  undoAction,
  unseen,
  verifyAction,
  type EffectSeen,
  type RunResult,
} from './run.js';
export { systemClock } from './system-clock.js';
export { openSession, type VendorSession } from './open.js';
