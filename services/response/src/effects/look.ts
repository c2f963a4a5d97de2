import type { ActionNotVerified } from '#contracts';
import type { TenantState } from '#contracts';
import { unseen, verifyAction, type EffectSeen } from '../session/index.js';
import { LOOK_FOR_MS, pauseBeforeLook } from '../domain/action/limits.js';
import { reach, type RecordedTarget } from './accounts/reach.js';
import type { VendorSessions } from './accounts/sessions.js';

export interface LookTiming {
  /** Before the first look for an effect; the pauses between looks grow. */
  lookAfterMs: number;
}

/** Looks for the effect of a class on whom a fact is about, once. */
export const look = async (
  sessions: VendorSessions,
  settings: TenantState | undefined,
  recorded: RecordedTarget,
  actionClass: string,
  since: number,
): Promise<EffectSeen> => {
  const reached = await reach(sessions, settings, recorded);
  return typeof reached === 'string'
    ? unseen('VENDOR_UNAVAILABLE', reached, sessions.clock.now(), 0)
    : verifyAction(reached.session, actionClass, reached.who, since);
};

/** When what proved nothing is looked for again (epoch ms). */
export const dueAfter = (fact: ActionNotVerified, { lookAfterMs }: LookTiming): number =>
  fact.at + pauseBeforeLook(fact, lookAfterMs);

export const isLookedForLongEnough = ({ at, since }: ActionNotVerified): boolean => at - since > LOOK_FOR_MS;
