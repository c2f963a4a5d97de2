import type { PolicyDecision, PolicyExclusion, PolicyOverride, ResponseMode } from '#contracts';
import { guardsIn } from './guards.js';
import { governingOverride, isExcluded } from './match.js';
import type { Authorization, ResponsePolicy, PolicyAction, PolicyContext } from './types.js';

export type * from './types.js';

/**
 * Decides what may happen to one action: exclusions first, then the governing override, then the tenant's mode. Where a
 * guard holds and the mode would let it happen, a person of the customer is asked; nobody's silence is an answer then.
 * What no connector can do is neither carried out nor asked about: the customer is told how.
 */
export const authorize = (policy: ResponsePolicy, action: PolicyAction, context: PolicyContext): Authorization => {
  const exclusion = policy.exclusions.find((candidate) => isExcluded(candidate, action.target));
  if (exclusion) {
    return {
      decision: 'FORBID',
      rule: exclusionRule(exclusion),
      because: `${action.target.entity} is excluded from every response: ${exclusion.reason}.`,
    };
  }
  const override = governingOverride(policy.overrides, action, context);
  const rule = override ? overrideRule(override) : DEFAULT_RULE;
  const source = override ? `override ${override.id}` : "the tenant's mode";
  const mode = override?.mode ?? policy.mode;
  const what = `${action.actionClass} on ${action.target.entity}`;
  if (mayAct(mode) && !context.offered) {
    return {
      decision: 'GUIDE',
      rule: NO_CONNECTOR_RULE,
      because: `Policy version ${policy.version}, ${source}: no connector of the customer's can do it, so the customer is told how (${what}).`,
    };
  }
  const guard = mayAct(mode) ? guardsIn(policy.guards).find((one) => one.holds(action, context)) : undefined;
  if (guard) {
    const asked = context.approved ? `and the customer agreed (${what})` : `so the customer is asked first (${what})`;
    return {
      decision: context.approved ? 'EXECUTE' : 'ASK',
      rule: guard.rule,
      because: `Policy version ${policy.version}, ${source}, guarded: ${guard.why(action, context)}, ${asked}.`,
    };
  }
  const { decision, because } = underMode(mode, policy, action, context);
  return { decision, rule, because: `Policy version ${policy.version}, ${source}: ${because}.` };
};

/** From the strictest on. */
const STRICTNESS: readonly PolicyDecision[] = ['FORBID', 'GUIDE', 'ASK', 'EXECUTE'];

/** Where it is in doubt what holds: the strictest of the answers to each, the first of equals. */
export const authorizeInDoubt = (
  policy: ResponsePolicy,
  action: PolicyAction,
  [first, ...others]: [PolicyContext, ...PolicyContext[]],
): Authorization =>
  others
    .map((context) => authorize(policy, action, context))
    .reduce(
      (strictest, one) => (STRICTNESS.indexOf(one.decision) < STRICTNESS.indexOf(strictest.decision) ? one : strictest),
      authorize(policy, action, first),
    );

export const DEFAULT_RULE = 'default';
export const NO_CONNECTOR_RULE = 'no-connector';
export const overrideRule = ({ id }: PolicyOverride): string => `override:${id}`;
export const exclusionRule = ({ entity }: PolicyExclusion): string => `exclusion:${entity}`;

/** Whether something may happen under it; a mode from a newer contract must not act. */
const mayAct = (mode: ResponseMode): boolean => mode === 'AUTHORIZE' || mode === 'COLLABORATE';

const underMode = (
  mode: ResponseMode,
  policy: ResponsePolicy,
  action: PolicyAction,
  context: PolicyContext,
): { decision: PolicyDecision; because: string } => {
  const what = `${action.actionClass} on ${action.target.entity}`;
  if (mode === 'AUTHORIZE') return { decision: 'EXECUTE', because: `the provider is authorised to act (${what})` };
  // Anything that is neither of the two acting modes guides: a mode from a newer contract must not act.
  if (mode !== 'COLLABORATE')
    return { decision: 'GUIDE', because: `the provider gives guidance only, the customer acts (${what})` };
  if (context.approved) return { decision: 'EXECUTE', because: `the customer agreed (${what})` };
  if (mayProceedUnanswered(policy, action, context)) {
    return {
      decision: 'EXECUTE',
      because: `no contact answered within ${policy.escalateIfUnreachableAfterMinutes} minutes and the customer lets this class proceed (${what})`,
    };
  }
  return { decision: 'ASK', because: `the customer must agree first (${what})` };
};

const mayProceedUnanswered = (policy: ResponsePolicy, action: PolicyAction, context: PolicyContext): boolean =>
  context.unreachable &&
  typeof policy.escalateIfUnreachableAfterMinutes === 'number' &&
  policy.unreachableClasses.includes(action.actionClass);
