import type { ActionStarted, ActionRecordResult, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import { reconcileAction, runAction, type RunResult } from '../session/index.js';
import { IDENTITY_LASTS_MS, pauseAt } from '../domain/action/limits.js';
import { NO_CONNECTOR, POLL_FOR_MS, reach, type ReachedTarget } from './accounts/reach.js';
import type { VendorSessions } from './accounts/sessions.js';

/**
 * What began under an earlier release acted by name. Nothing is taken away by name any more; what an attempt may have
 * done already is asked for.
 */
const byName = (resumed: boolean): RunResult => ({
  outcome: resumed ? 'OUTCOME_UNKNOWN' : 'FAILED',
  detail: "it was started without the vendor's id of its target, and nothing is sent by name: propose it again",
  vendorRef: '',
});

/**
 * What waited for longer than the policy's word lasts is not begun: what was decided then may be forbidden by now. What
 * an attempt that broke off may have done is asked for.
 */
const tooLate = async (
  { session, who }: ReachedTarget,
  { actionClass, idempotencyKey }: ActionStarted,
  resumed: boolean,
): Promise<RunResult> =>
  resumed
    ? reconcileAction(session, actionClass, who, { idempotencyKey, pollForMs: POLL_FOR_MS })
    : {
        outcome: 'FAILED',
        detail: `it waited for more than ${IDENTITY_LASTS_MS / 60_000} minutes before it could be sent, and nothing was sent: propose it again`,
        vendorRef: '',
      };

/**
 * Carries out what was started, at most once, on whom the vendor knows under the id that was kept: the vendor is asked
 * first when an earlier attempt began.
 */
export const carryOut = (sessions: VendorSessions): Effect<ActionStarted, ActionRecordResult, TenantState> => ({
  name: 'carry-out',
  hears: ['action.started'],
  perform: async ({ message }, settings, { resumed, mayAct }) => {
    if (message.inverting) return [];
    const { actionId, actionClass, idempotencyKey } = message;
    const record = ({ outcome, detail, vendorRef, alreadyInForce = false }: RunResult) => {
      // A request that broke off may still be under way at the vendor: it is asked for only after a while.
      const dueAt = outcome === 'OUTCOME_UNKNOWN' ? sessions.clock.now() + pauseAt(0) : undefined;
      return [
        {
          request: { type: 'action.record-result' as const, actionId, outcome, detail, vendorRef, alreadyInForce },
          dueAt,
        },
      ];
    };
    if (!sessions.for(settings, actionClass))
      return record({ outcome: 'UNSUPPORTED', detail: NO_CONNECTOR, vendorRef: '' });
    if (!message.vendorId) return record(byName(resumed));
    const reached = await reach(sessions, settings, message);
    if (typeof reached === 'string')
      return record({ outcome: resumed ? 'OUTCOME_UNKNOWN' : 'FAILED', detail: reached, vendorRef: '' });
    if (sessions.clock.now() - message.at > IDENTITY_LASTS_MS) return record(await tooLate(reached, message, resumed));
    return record(
      await runAction(reached.session, actionClass, reached.who, {
        ...{ idempotencyKey, resumed, mayAct },
        pollForMs: POLL_FOR_MS,
      }),
    );
  },
});
