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

/**
 * Whether all who were asked were tried, and none of them answered for as long as lets the class proceed, where the
 * tenant lets any. Who was told has a share of that time, however late that was; who is there is not unreachable.
 */
const isUnreachable = (life: ActionLife, { policy }: TenantState, now: number): boolean => {
  const { agreed, askedAt, asked, tried, isReached } = life;
  const minutes = policy.escalateIfUnreachableAfterMinutes;
  if (agreed === 'CUSTOMER' || askedAt === 0 || asked.length === 0 || isReached || typeof minutes !== 'number')
    return false;
  const isSilent = (contact: string): boolean => tried.some((one) => one.contact === contact && now >= one.waitUntil);
  return asked.every(isSilent) && now >= askedAt + minutes * MINUTE_MS;
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
    over: life.over,
    unreachable: isUnreachable(life, settings, context.now),
  });
  return authorizeInDoubt(
    settings.policy,
    { actionClass, openc2Action: kind?.openc2Action ?? '', target, reversible: Boolean(kind?.inverse) },
    [situation(first), ...others.map(situation)],
  );
};
