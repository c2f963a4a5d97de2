import type { ActionTarget, TenantState } from '#contracts';
import { actionClassOf } from './action-classes.js';
import { isBusinessTime } from './business-hours.js';
import { authorizeInDoubt } from './decide.js';
import { isOffered } from './offers.js';
import { targetKnown } from './target.js';
import type { Authorization, PolicyContext } from './types.js';

/** What a tenant agreed to, as far as it decides over actions. */
export type DecisionSettings = Pick<
  TenantState,
  'assets' | 'calendar' | 'connectors' | 'identities' | 'policy' | 'timeZone'
>;

/** An action as the policy is asked about it. */
export interface DecisionQuestion
  extends Pick<PolicyContext, 'approved' | 'confidence' | 'late' | 'over' | 'refused' | 'severity' | 'unreachable'> {
  actionClass: string;
  target: ActionTarget;
  /** Every further name of the target: the vendor's. */
  names: readonly string[];
  /** Epoch ms. */
  at: number;
}

/**
 * What a tenant's settings say of an action: by every name of its target and by the groups that it is registered with,
 * the strictest answer where it is in doubt what it is.
 */
export const decideFor = (settings: DecisionSettings, question: DecisionQuestion): Authorization => {
  const {
    actionClass,
    target: asked,
    names,
    at,
    approved,
    confidence,
    late,
    over,
    refused,
    severity,
    unreachable,
  } = question;
  const kind = actionClassOf(actionClass);
  const {
    target,
    perhaps: [first = [], ...others],
  } = targetKnown(asked, names, settings);
  const situation = (assetGroups: string[]): PolicyContext => ({
    severity,
    confidence,
    assetGroups,
    offered: isOffered(settings, actionClass),
    businessHours: isBusinessTime(settings.calendar, settings.timeZone, at),
    approved,
    late,
    over,
    refused,
    unreachable,
  });
  return authorizeInDoubt(
    settings.policy,
    { actionClass, openc2Action: kind?.openc2Action ?? '', target, reversible: Boolean(kind?.inverse) },
    [situation(first), ...others.map(situation)],
  );
};
