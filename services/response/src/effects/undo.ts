import type { ActionStarted, ActionRecordReverted, TenantState, UnverifiedReason } from '#contracts';
import type { Effect } from '#libs/model';
import { undoAction, unseen, verifyAction, type EffectSeen } from '../session/index.js';
import { actionClassOf } from '#libs/policy';
import { POLL_FOR_MS, reach } from './accounts/reach.js';
import type { VendorSessions } from './accounts/sessions.js';

/**
 * Undoes, and looks whether it is undone; where that proves nothing yet, `verify-undone` looks again. Only what surely
 * was not sent, or was refused, is known to be not undone: what the vendor has not finished, or what was sent and whose
 * answer is missing, may happen yet.
 */
export const undo = (sessions: VendorSessions): Effect<ActionStarted, ActionRecordReverted, TenantState> => ({
  name: 'undo',
  hears: ['action.started'],
  perform: async ({ message }, settings, { resumed, mayAct }) => {
    if (!message.inverting) return [];
    const { actionId, actionClass, idempotencyKey } = message;
    const record = ({ effective, evidence, ...seen }: EffectSeen, since: number) => [
      {
        request: {
          type: 'action.record-reverted' as const,
          actionId,
          reverted: effective,
          detail: evidence,
          ...seen,
          look: 0,
          since,
        },
      },
    ];
    const notDone = (detail: string) =>
      record({ ...unseen('UNKNOWN', detail, sessions.clock.now(), 0), conclusive: true }, 0);
    const notSeenYet = (reason: UnverifiedReason, detail: string, lagMs = 0) => {
      const now = sessions.clock.now();
      return record(unseen(reason, detail, now, lagMs), now);
    };
    const { takesAway, inverse } = actionClassOf(actionClass) ?? {};
    // Whatever asked for it: the inverse of giving back takes away, which only a proposal may begin.
    if (!takesAway || !inverse) return notDone(`${actionClass} is not undone: propose its inverse`);
    const reached = await reach(sessions, settings, message);
    // An attempt that broke off may have been sent.
    if (typeof reached === 'string') return resumed ? notSeenYet('VENDOR_UNAVAILABLE', reached) : notDone(reached);
    const result = await undoAction(reached.session, actionClass, reached.who, {
      idempotencyKey,
      undoes: actionId,
      resumed,
      mayAct,
      pollForMs: POLL_FOR_MS,
    });
    if (result.outcome === 'OUTCOME_UNKNOWN' || result.outcome === 'PARTIAL')
      return notSeenYet('VENDOR_LAG', result.detail, reached.session.action(inverse)?.lagMs);
    if (result.outcome !== 'SUCCEEDED') return notDone(result.detail);
    const since = sessions.clock.now();
    return record(await verifyAction(reached.session, inverse, reached.who, since), since);
  },
});
