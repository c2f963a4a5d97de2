import type {
  ActionFinished,
  ActionNotVerified,
  ActionRecordReverted,
  ActionRecordVerification,
  TenantState,
} from '#contracts';
import type { Effect } from '#libs/model';
import { actionClassOf } from '#libs/policy';
import type { VendorSessions } from './accounts/sessions.js';
import { dueAfter, isLookedForLongEnough, look, type LookTiming } from './look.js';

/**
 * An API's success is not an effect: looks for the effect itself, and again after a growing pause as long as what is
 * seen proves nothing.
 */
export const verify = (
  sessions: VendorSessions,
  timing: LookTiming,
): Effect<ActionFinished | ActionNotVerified, ActionRecordVerification, TenantState> => ({
  name: 'verify',
  hears: ['action.finished', 'action.not-verified'],
  dueAt: (fact) => (fact.type === 'action.finished' ? fact.at + timing.lookAfterMs : dueAfter(fact, timing)),
  perform: async ({ message }, settings) => {
    if (message.outcome !== 'SUCCEEDED' && message.outcome !== 'PARTIAL') return [];
    const isFirst = message.type === 'action.finished';
    if (!isFirst && (message.inverting || isLookedForLongEnough(message))) return [];
    const { actionId, actionClass } = message;
    const since = isFirst ? message.at : message.since;
    const seen = await look(sessions, settings, message, actionClass, since);
    return [{ request: { type: 'action.record-verification', actionId, ...seen, look: isFirst ? 0 : message.look } }];
  },
});

/** The same of an undoing: the effect of the inverse is looked for. */
export const verifyUndone = (
  sessions: VendorSessions,
  timing: LookTiming,
): Effect<ActionNotVerified, ActionRecordReverted, TenantState> => ({
  name: 'verify-undone',
  hears: ['action.not-verified'],
  dueAt: (fact) => dueAfter(fact, timing),
  perform: async ({ message }, settings) => {
    const { actionId, actionClass, inverting, since } = message;
    const { inverse } = actionClassOf(actionClass) ?? {};
    if (!inverting || !inverse || isLookedForLongEnough(message)) return [];
    const { effective, evidence, ...seen } = await look(sessions, settings, message, inverse, since);
    const told = { reverted: effective, detail: evidence, look: message.look, since };
    return [{ request: { type: 'action.record-reverted', actionId, ...seen, ...told } }];
  },
});
