import type { TenantState } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { actionClassOf } from './classes.js';
import { isBusinessTime } from '../policy/business-hours.js';
import { authorizeInDoubt } from '../policy/decide.js';
import type { Authorization, PolicyContext } from '../policy/types.js';
import { targetKnown } from '../policy/target.js';
import { settingsOf, type ActionContext } from './context.js';
import { isOffered } from './offers.js';
import type { ActionLife } from './state.js';

/** Whether somebody was asked and did not answer for as long as lets the class proceed, where the tenant lets any. */
const isUnreachable = ({ agreed, askedAt, askedOf }: ActionLife, { policy }: TenantState, now: number): boolean => {
  const minutes = policy.escalateIfUnreachableAfterMinutes;
  return (
    agreed !== 'CUSTOMER' &&
    askedAt > 0 &&
    askedOf > 0 &&
    typeof minutes === 'number' &&
    now >= askedAt + minutes * MINUTE_MS
  );
};

/**
 * Asks the policy, as it stands now, about the action: by every name of its target and by the groups that it is
 * registered with now.
 */
export const askPolicy = (life: ActionLife, context: ActionContext): Authorization => {
  const { actionClass } = life;
  const settings = settingsOf(context);
  const kind = actionClassOf(actionClass);
  const {
    target,
    perhaps: [first = [], ...others],
  } = targetKnown(life.target, [life.vendorId, life.name, ...life.names], settings);
  const situation = (assetGroups: string[]): PolicyContext => ({
    severity: life.severity,
    confidence: life.confidence,
    assetGroups,
    offered: isOffered(settings, actionClass),
    businessHours: isBusinessTime(settings.calendar, settings.timeZone, context.now),
    approved: life.agreed === 'CUSTOMER',
    unreachable: isUnreachable(life, settings, context.now),
  });
  return authorizeInDoubt(
    settings.policy,
    { actionClass, openc2Action: kind?.openc2Action ?? '', target, reversible: Boolean(kind?.inverse) },
    [situation(first), ...others.map(situation)],
  );
};
