import type { Hours, PolicyDecision, PolicyOverride, ResponseMode } from '#contracts';
import { inEvaluationOrder } from '#libs/terms';
import { guardsIn } from './guards.js';
import { DEFAULT_RULE, exclusionRule, NO_CONNECTOR_RULE, overrideRule, type ResponsePolicy } from './decide.js';

/** One line of the published policy: read from the top, the first whose `when` holds decides. */
export interface DecisionRow {
  rule: string;
  /** In words. */
  when: string;
  /** In words. */
  then: string;
  /** What may come out, before agreement and after it. */
  decisions: PolicyDecision[];
}

/** The policy in words, in the order `authorize` evaluates it: exclusions, what nothing can do, guards, overrides, the tenant's mode. */
export const decisionTable = (policy: ResponsePolicy): DecisionRow[] => [
  ...policy.exclusions.map(
    (exclusion): DecisionRow => ({
      rule: exclusionRule(exclusion),
      when: `the target is ${exclusion.entity}`,
      then: `never acted on: ${exclusion.reason}`,
      decisions: ['FORBID'],
    }),
  ),
  {
    rule: NO_CONNECTOR_RULE,
    when: "no connector of the customer's can do it, and a row below would let it happen",
    then: 'guidance only, the customer acts',
    decisions: ['GUIDE'],
  },
  ...guardsIn(policy.guards).map(
    ({ rule, when }): DecisionRow => ({
      rule,
      when: `${when}, and a row below would let it happen`,
      then: 'the provider asks, and acts once the customer agrees',
      decisions: ['ASK', 'EXECUTE'],
    }),
  ),
  ...inEvaluationOrder(policy.overrides).map(
    (override): DecisionRow => ({
      rule: overrideRule(override),
      when: conditions(override),
      ...outcome(override.mode, policy),
    }),
  ),
  { rule: DEFAULT_RULE, when: 'anything else', ...outcome(policy.mode, policy) },
];

const HOURS: Record<Hours, string[]> = {
  ANY: [],
  BUSINESS: ['in business hours'],
  OUT_OF_HOURS: ['out of business hours'],
};

const conditions = (override: PolicyOverride): string => {
  const parts = [
    ...list('the action is', override.actionClasses),
    ...list('the asset is in', override.assetGroups),
    ...list('the severity is', override.severities),
    ...(override.minConfidence > 0 ? [`the confidence is at least ${override.minConfidence}`] : []),
    ...HOURS[override.hours],
  ];
  return parts.length > 0 ? parts.join(', ') : 'always';
};

const list = (label: string, values: string[]): string[] =>
  values.length > 0 ? [`${label} ${values.join(' or ')}`] : [];

const outcome = (mode: ResponseMode, policy: ResponsePolicy): Pick<DecisionRow, 'then' | 'decisions'> => {
  if (mode === 'AUTHORIZE') return { then: 'the provider acts', decisions: ['EXECUTE'] };
  if (mode !== 'COLLABORATE') return { then: 'guidance only, the customer acts', decisions: ['GUIDE'] };
  return {
    then: `the provider asks, and acts once the customer agrees${unanswered(policy)}`,
    decisions: ['ASK', 'EXECUTE'],
  };
};

const unanswered = ({
  escalateIfUnreachableAfterMinutes: minutes,
  unreachableClasses: classes,
}: ResponsePolicy): string =>
  typeof minutes !== 'number' || classes.length === 0
    ? ''
    : `; if nobody answers for ${minutes} minutes, ${classes.join(' and ')} may proceed`;
