/**
 * Rules over events, once: which kind of source is which to the engine, what a rule's match is grouped by and in which
 * window, the id of its finding, what it brings to correlations, and which exception lets it pass. Pure; for the
 * running detection, for backtests over the lake and for benchmarks, so that they find the same. Reading rule files,
 * compiling them apart and keeping them compiled is `libs/rules/loading`.
 */
export * from './correlations.js';
export { exceptionAsRule } from './exception-rule.js';
export { exceptionsInSteps, type RuleExceptions } from './exceptions.js';
export * from './finding-id.js';
export { SOURCE_KINDS } from './kinds.js';
export { OPERATOR_LIMITS, TENANT_LIMITS } from './limits.js';
export * from './over-events.js';
