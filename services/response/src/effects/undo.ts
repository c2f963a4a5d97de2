import type { ActionStarted, ActionRecordReverted, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import { undoAction } from '../session/index.js';
import { actionClassOf } from '../domain/action/classes.js';
import { POLL_FOR_MS, reach } from './accounts/reach.js';
import type { VendorSessions } from './accounts/sessions.js';
import { look, type LookTiming } from './look.js';

/** Undoes, and looks whether it is undone. */
export const undo = (
  sessions: VendorSessions,
  timing: LookTiming,
): Effect<ActionStarted, ActionRecordReverted, TenantState> => ({
  name: 'undo',
  hears: ['action.started'],
  perform: async ({ message }, settings, { resumed }) => {
    if (!message.inverting) return [];
    const { actionId, actionClass, idempotencyKey, at } = message;
    const record = (reverted: boolean, detail: string) => [
      { request: { type: 'action.record-reverted' as const, actionId, reverted, detail } },
    ];
    const { takesAway, inverse } = actionClassOf(actionClass) ?? {};
    // Whatever asked for it: the inverse of giving back takes away, which only a proposal may begin.
    if (!takesAway || !inverse) return record(false, `${actionClass} is not undone: propose its inverse`);
    const reached = await reach(sessions, settings, message);
    if (typeof reached === 'string') return record(false, reached);
    const result = await undoAction(reached.session, actionClass, reached.who, {
      idempotencyKey,
      undoes: actionId,
      resumed,
      pollForMs: POLL_FOR_MS,
    });
    if (result.outcome !== 'SUCCEEDED') return record(false, result.detail);
    const seen = await look(reached, sessions, inverse, at, timing);
    return record(seen.effective, seen.evidence);
  },
});
