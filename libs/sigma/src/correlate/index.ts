/**
 * Correlations, evaluated: matches of rules in, findings of correlations out. Pure and synchronous; time is event time,
 * told by the matches. A match waits until the watermark (the newest event time of its stream, less the lateness) has
 * passed it; what has waited is then taken in the order of event time. So findings do not depend on the order in which
 * events came, on how they were cut into batches, or on some coming twice. The state is plain data that can be kept and
 * read back between any two matches.
 *
 * plan.ts: which correlations raise, and what feeds them. correlate.ts: the way in. decide.ts: the way through.
 * kinds.ts: how each type counts. bounds.ts: what goes when there is too much.
 */
export { feed, finish, pass } from './feed.js';
export { growthOf, type Growth } from './growth.js';
export { fromBytes as correlationStateFrom, toBytes as correlationStateBytes } from './state-bytes.js';
export { correlationPlan, type CorrelationPlan, type Route } from './plan.js';
export { emptyState as emptyCorrelationState, type State as CorrelationState } from './state.js';
export type {
  Evicted,
  Fired,
  Late,
  Match as CorrelationMatch,
  Options as CorrelationOptions,
  Outcome as CorrelationOutcome,
  Passed,
  Sample,
} from './types.js';
