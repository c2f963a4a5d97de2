import type { TenantState } from '#contracts';
import { decideFor, type Authorization } from '#libs/policy';
import { isReached as isReachedBy, MINUTE_MS } from '#libs/terms';
import { settingsOf, type ActionContext } from './context.js';
import { IDENTIFY_FOR_MS } from './limits.js';
import type { ActionLife } from './state.js';

/**
 * Whether all who were asked were tried, each in every way that is registered, and none of them answered for as long
 * as lets the class proceed, where the tenant lets any. Who was told has a share of that time, however late that was;
 * who is there is not unreachable.
 */
const isUnreachable = (life: ActionLife, { contacts, policy }: TenantState, now: number): boolean => {
  const { agreed, askedAt, asked, tried, isReached } = life;
  const minutes = policy.escalateIfUnreachableAfterMinutes;
  if (agreed === 'CUSTOMER' || askedAt === 0 || asked.length === 0 || isReached || typeof minutes !== 'number')
    return false;
  const isSilent = (contact: string): boolean => {
    const ways = contacts.filter(
      (one) => one.kind === 'INCIDENT' && one.subject === contact && isReachedBy(one.channel),
    );
    const of = tried.filter((one) => one.contact === contact);
    const isOver = of.length > 0 && of.every(({ waitUntil }) => now >= waitUntil);
    return isOver && ways.every(({ channel }) => of.some((one) => one.channel === channel));
  };
  return asked.every(isSilent) && now >= askedAt + minutes * MINUTE_MS;
};

/**
 * What the service wants by itself is of a finding an hour old, or the vendor took an hour to say who it is: while we
 * were away the case may have ended, and people may have done what was to be done.
 */
const isLate = ({ foundLate, state, resolvingSince }: ActionLife, now: number): boolean =>
  foundLate || (state === 'RESOLVING' && now > resolvingSince + IDENTIFY_FOR_MS);

/**
 * Asks the policy, as it stands now, about the action: by every name of its target and by the groups that it is
 * registered with now.
 * @param unreachable whether silence is an answer by now.
 */
export const askPolicy = (
  life: ActionLife,
  context: ActionContext,
  unreachable = isUnreachable(life, settingsOf(context), context.now),
): Authorization => {
  const settings = settingsOf(context);
  return decideFor(settings, {
    actionClass: life.actionClass,
    target: life.target,
    names: [life.vendorId, life.name, ...life.names],
    severity: life.severity,
    confidence: life.confidence,
    at: context.now,
    approved: life.agreed === 'CUSTOMER',
    over: life.over,
    late: isLate(life, context.now),
    refused: life.refused,
    unreachable,
  });
};
