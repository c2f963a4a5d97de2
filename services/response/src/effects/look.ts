import { verifyAction, type EffectSeen } from '../session/index.js';
import type { ReachedTarget } from './accounts/reach.js';
import type { VendorSessions } from './accounts/sessions.js';

export interface LookTiming {
  /** Between looks for an effect. */
  lookEveryMs: number;
  looks: number;
}

/**
 * Looks until the vendor's data say something: a few times, and no longer than those take where the vendor answers at
 * once.
 */
export const look = async (
  { session, who }: ReachedTarget,
  sessions: VendorSessions,
  actionClass: string,
  since: number,
  timing: LookTiming,
): Promise<EffectSeen> => {
  let seen: EffectSeen = { conclusive: false, effective: false, evidence: 'the effect was not looked for' };
  const giveUpAt = sessions.clock.now() + timing.looks * timing.lookEveryMs;
  for (let turn = 0; turn < timing.looks && (turn === 0 || sessions.clock.now() < giveUpAt); turn += 1) {
    await sessions.clock.sleep(timing.lookEveryMs);
    seen = await verifyAction(session, actionClass, who, since);
    if (seen.conclusive) return seen;
  }
  return seen;
};
