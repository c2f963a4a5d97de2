import type { ActionFinished, ActionRecordResult, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import { reconcileAction } from '../session/index.js';
import { pauseAfter } from '../domain/action/limits.js';
import { POLL_FOR_MS, reach } from './accounts/reach.js';
import type { VendorSessions } from './accounts/sessions.js';

/**
 * An unknown outcome is settled by asking the vendor, never by guessing or repeating: once for each time it is said to
 * be unknown, which is said again after a growing pause.
 */
export const reconcile = (sessions: VendorSessions): Effect<ActionFinished, ActionRecordResult, TenantState> => ({
  name: 'reconcile',
  hears: ['action.finished'],
  perform: async ({ envelope, message }, settings) => {
    if (message.outcome !== 'OUTCOME_UNKNOWN') return [];
    const reached = await reach(sessions, settings, message);
    const { outcome, detail, vendorRef } =
      typeof reached === 'string'
        ? { outcome: 'OUTCOME_UNKNOWN' as const, detail: reached, vendorRef: '' }
        : await reconcileAction(reached.session, message.actionClass, reached.who, {
            idempotencyKey: message.actionId,
            pollForMs: POLL_FOR_MS,
          });
    const dueAt = outcome === 'OUTCOME_UNKNOWN' ? message.at + pauseAfter(envelope.sequence?.version) : undefined;
    return [
      {
        request: {
          type: 'action.record-result',
          actionId: message.actionId,
          outcome,
          detail,
          vendorRef,
          alreadyInForce: false,
        },
        dueAt,
      },
    ];
  },
});
