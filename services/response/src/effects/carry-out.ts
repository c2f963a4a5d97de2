import type {
  ActionFinished,
  ActionStarted,
  ActionRecordResult,
  ActionRecordReverted,
  ActionRecordVerification,
  TenantState,
} from '#contracts';
import type { Effect } from '#libs/model';
import { reconcileAction, runAction, undoAction, verifyAction, type Looked, type RunResult } from '../session/index.js';
import { actionClassOf } from '../domain/action/classes.js';
import { IDENTITY_LASTS_MS, pauseAfter, pauseAt } from '../domain/action/limits.js';
import type { Sessions } from './accounts/sessions.js';
import { NO_CONNECTOR, reach, type Reach } from './accounts/reach.js';

export interface Timing {
  /** Between looks for an effect. */
  lookEveryMs: number;
  looks: number;
}

/**
 * Facts are heard a few at a time, so a slow vendor of one tenant makes others wait: what takes longer is asked for
 * later.
 */
const POLL_FOR_MS = 15_000;

/**
 * Looks until the vendor's data say something: a few times, and no longer than those take where the vendor answers at
 * once.
 */
const look = async (
  { session, who }: Reach,
  sessions: Sessions,
  actionClass: string,
  since: number,
  timing: Timing,
): Promise<Looked> => {
  let seen: Looked = { conclusive: false, effective: false, evidence: 'the effect was not looked for' };
  const giveUpAt = sessions.clock.now() + timing.looks * timing.lookEveryMs;
  for (let turn = 0; turn < timing.looks && (turn === 0 || sessions.clock.now() < giveUpAt); turn += 1) {
    await sessions.clock.sleep(timing.lookEveryMs);
    seen = await verifyAction(session, actionClass, who, since);
    if (seen.conclusive) return seen;
  }
  return seen;
};

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
  { session, who }: Reach,
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
export const carryOut = (sessions: Sessions): Effect<ActionStarted, ActionRecordResult, TenantState> => ({
  name: 'carry-out',
  hears: ['action.started'],
  perform: async ({ message }, settings, { resumed }) => {
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
      await runAction(reached.session, actionClass, reached.who, { idempotencyKey, resumed, pollForMs: POLL_FOR_MS }),
    );
  },
});

/** An API's success is not an effect: looks for the effect itself. */
export const verify = (
  sessions: Sessions,
  timing: Timing,
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

/**
 * An unknown outcome is settled by asking the vendor, never by guessing or repeating: once for each time it is said to
 * be unknown, which is said again after a growing pause.
 */
export const reconcile = (sessions: Sessions): Effect<ActionFinished, ActionRecordResult, TenantState> => ({
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

/** Undoes, and looks whether it is undone. */
export const undo = (sessions: Sessions, timing: Timing): Effect<ActionStarted, ActionRecordReverted, TenantState> => ({
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
