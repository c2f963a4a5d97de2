import type { ActionFinished, ActionRecordVerification, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import { reach } from './accounts/reach.js';
import type { VendorSessions } from './accounts/sessions.js';
import { look, type LookTiming } from './look.js';

/** An API's success is not an effect: looks for the effect itself. */
export const verify = (
  sessions: VendorSessions,
  timing: LookTiming,
): Effect<ActionFinished, ActionRecordVerification, TenantState> => ({
  name: 'verify',
  hears: ['action.finished'],
  perform: async ({ message }, settings) => {
    if (message.outcome !== 'SUCCEEDED' && message.outcome !== 'PARTIAL') return [];
    const reached = await reach(sessions, settings, message);
    const { effective, evidence } =
      typeof reached === 'string'
        ? { effective: false, evidence: reached }
        : await look(reached, sessions, message.actionClass, message.at, timing);
    return [{ request: { type: 'action.record-verification', actionId: message.actionId, effective, evidence } }];
  },
});
