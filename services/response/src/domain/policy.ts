import { governingOverride, isExcluded } from './policy-match.js';

/** AUTHORIZE: the provider acts. COLLABORATE: acts once the customer agrees. NOTIFY: only says what to do. */
export type Mode = 'AUTHORIZE' | 'COLLABORATE' | 'NOTIFY';
export type Decision = 'EXECUTE' | 'ASK' | 'GUIDE' | 'FORBID';
export type Hours = 'ANY' | 'BUSINESS' | 'OUT_OF_HOURS';

/** A finer mode for some actions. An empty list, a `minConfidence` of 0 and hours ANY set no condition. */
export interface PolicyOverride {
  id: string;
  mode: Mode;
  actionClasses: string[];
  assetGroups: string[];
  severities: string[];
  minConfidence: number;
  hours: Hours;
}

/** An asset or identity that is never touched; `entity` is `host:web01` or `user:alice`. */
export interface Exclusion {
  entity: string;
  reason: string;
}

export interface Policy {
  version: number;
  mode: Mode;
  overrides: PolicyOverride[];
  exclusions: Exclusion[];
  /** null: waiting for an answer never ends in acting. */
  escalateIfUnreachableAfterMinutes: number | null;
  /** The classes that may proceed when nobody answers; an empty list is none of them. */
  unreachableClasses: string[];
}

export interface PolicyTarget {
  kind: 'HOST' | 'USER';
  /** As the vendor knows it. */
  id: string;
  /** As we know it, lower-case: `host:web01`. */
  entity: string;
}

export interface PolicyAction {
  actionClass: string;
  openc2Action: string;
  target: PolicyTarget;
  reversible: boolean;
}

export interface PolicyContext {
  severity: string;
  /** 0-100. */
  confidence: number;
  assetGroups: string[];
  businessHours: boolean;
  approved: boolean;
  /** Every contact was tried for `escalateIfUnreachableAfterMinutes` and nobody answered. */
  unreachable: boolean;
}

export interface Authorization {
  decision: Decision;
  /** `exclusion:<entity>`, `override:<id>` or `default`: a row of the decision table. */
  rule: string;
  /** One sentence for people. */
  because: string;
}

/** Decides what may happen to one action: exclusions first, then the governing override, then the tenant's mode. */
export const authorize = (policy: Policy, action: PolicyAction, context: PolicyContext): Authorization => {
  const exclusion = policy.exclusions.find((candidate) => isExcluded(candidate, action.target));
  if (exclusion) {
    return { decision: 'FORBID', rule: exclusionRule(exclusion), because: `${action.target.entity} is excluded from every response: ${exclusion.reason}.` };
  }
  const override = governingOverride(policy.overrides, action, context);
  const rule = override ? overrideRule(override) : DEFAULT_RULE;
  const source = override ? `override ${override.id}` : 'the tenant\'s mode';
  const { decision, because } = underMode(override?.mode ?? policy.mode, policy, action, context);
  return { decision, rule, because: `Policy version ${policy.version}, ${source}: ${because}.` };
};

export const DEFAULT_RULE = 'default';
export const overrideRule = ({ id }: PolicyOverride): string => `override:${id}`;
export const exclusionRule = ({ entity }: Exclusion): string => `exclusion:${entity}`;

const underMode = (mode: Mode, policy: Policy, action: PolicyAction, context: PolicyContext): { decision: Decision; because: string } => {
  const what = `${action.actionClass} on ${action.target.entity}`;
  if (mode === 'AUTHORIZE') return { decision: 'EXECUTE', because: `the provider is authorised to act (${what})` };
  // Anything that is neither of the two acting modes guides: a mode from a newer contract must not act.
  if (mode !== 'COLLABORATE') return { decision: 'GUIDE', because: `the provider gives guidance only, the customer acts (${what})` };
  if (context.approved) return { decision: 'EXECUTE', because: `the customer agreed (${what})` };
  if (mayProceedUnanswered(policy, action, context)) {
    return { decision: 'EXECUTE', because: `no contact answered within ${policy.escalateIfUnreachableAfterMinutes} minutes and the customer lets this class proceed (${what})` };
  }
  return { decision: 'ASK', because: `the customer must agree first (${what})` };
};

const mayProceedUnanswered = (policy: Policy, action: PolicyAction, context: PolicyContext): boolean =>
  context.unreachable && policy.escalateIfUnreachableAfterMinutes != null && policy.unreachableClasses.includes(action.actionClass);
