import type { ActionFinished, ActionStarted, RecordResultAction, RecordRevertedAction, RecordVerificationAction, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import { reconcileAction, runAction, undoAction, verifyAction, type Looked, type Session } from '../connectors/index.js';
import { actionClassOf } from '../domain/action-classes.js';
import { pauseAfter, pauseAt } from '../domain/action/patience.js';
import type { Sessions } from './sessions.js';

export interface Timing {
  /** Between looks for an effect. */
  lookEveryMs: number;
  looks: number;
}

/** Facts are heard a few at a time, so a slow vendor of one tenant makes others wait: what takes longer is asked for later. */
const POLL_FOR_MS = 15_000;
const NO_CONNECTOR = 'the tenant has no connector that offers this action';

/** Looks until the vendor's data say something: a few times, and no longer than those take where the vendor answers at once. */
const look = async (session: Session, sessions: Sessions, fact: { actionClass: string; target: ActionStarted['target'] }, since: number, timing: Timing): Promise<Looked> => {
  let seen: Looked = { conclusive: false, effective: false, evidence: 'the effect was not looked for' };
  const giveUpAt = sessions.clock.now() + timing.looks * timing.lookEveryMs;
  for (let turn = 0; turn < timing.looks && (turn === 0 || sessions.clock.now() < giveUpAt); turn += 1) {
    await sessions.clock.sleep(timing.lookEveryMs);
    seen = await verifyAction(session, fact.actionClass, fact.target, since);
    if (seen.conclusive) return seen;
  }
  return seen;
};

/** Carries out what was started, at most once: the vendor is asked first when an earlier attempt began. */
export const carryOut = (sessions: Sessions): Effect<ActionStarted, RecordResultAction, TenantState> => ({
  name: 'carry-out',
  hears: ['action.started'],
  perform: async ({ message }, settings, { resumed }) => {
    if (message.inverting) return [];
    const { actionId, actionClass, target, idempotencyKey } = message;
    const session = sessions.for(settings, actionClass);
    const result = session
      ? await runAction(session, actionClass, target, { idempotencyKey, resumed, pollForMs: POLL_FOR_MS })
      : { outcome: 'UNSUPPORTED' as const, detail: NO_CONNECTOR, vendorRef: '' };
    // A request that broke off may still be under way at the vendor: it is asked for only after a while.
    const dueAt = result.outcome === 'OUTCOME_UNKNOWN' ? sessions.clock.now() + pauseAt(0) : undefined;
    return [{ request: { type: 'action.record-result', actionId, ...result }, dueAt }];
  },
});

/** An API's success is not an effect: looks for the effect itself. */
export const verify = (sessions: Sessions, timing: Timing): Effect<ActionFinished, RecordVerificationAction, TenantState> => ({
  name: 'verify',
  hears: ['action.finished'],
  perform: async ({ message }, settings) => {
    if (message.outcome !== 'SUCCEEDED' && message.outcome !== 'PARTIAL') return [];
    const session = sessions.for(settings, message.actionClass);
    const { effective, evidence } = session
      ? await look(session, sessions, message, message.at, timing)
      : { effective: false, evidence: NO_CONNECTOR };
    return [{ request: { type: 'action.record-verification', actionId: message.actionId, effective, evidence } }];
  },
});

/** An unknown outcome is settled by asking the vendor, never by guessing or repeating: once for each time it is said to be unknown, which is said again after a growing pause. */
export const reconcile = (sessions: Sessions): Effect<ActionFinished, RecordResultAction, TenantState> => ({
  name: 'reconcile',
  hears: ['action.finished'],
  perform: async ({ envelope, message }, settings) => {
    if (message.outcome !== 'OUTCOME_UNKNOWN') return [];
    const session = sessions.for(settings, message.actionClass);
    const { outcome, detail, vendorRef } = session
      ? await reconcileAction(session, message.actionClass, message.target, { idempotencyKey: message.actionId, pollForMs: POLL_FOR_MS })
      : { outcome: 'OUTCOME_UNKNOWN' as const, detail: NO_CONNECTOR, vendorRef: '' };
    const dueAt = outcome === 'OUTCOME_UNKNOWN' ? message.at + pauseAfter(envelope.sequence?.version) : undefined;
    return [{ request: { type: 'action.record-result', actionId: message.actionId, outcome, detail, vendorRef }, dueAt }];
  },
});

/** Undoes, and looks whether it is undone. */
export const undo = (sessions: Sessions, timing: Timing): Effect<ActionStarted, RecordRevertedAction, TenantState> => ({
  name: 'undo',
  hears: ['action.started'],
  perform: async ({ message }, settings, { resumed }) => {
    if (!message.inverting) return [];
    const { actionId, actionClass, target, idempotencyKey, at } = message;
    const record = (reverted: boolean, detail: string) => [{ request: { type: 'action.record-reverted' as const, actionId, reverted, detail } }];
    const session = sessions.for(settings, actionClass);
    const { takesAway, inverse } = actionClassOf(actionClass) ?? {};
    // Whatever asked for it: the inverse of giving back takes away, which only a proposal may begin.
    if (!takesAway || !inverse) return record(false, `${actionClass} is not undone: propose its inverse`);
    if (!session) return record(false, NO_CONNECTOR);
    const result = await undoAction(session, actionClass, target, { idempotencyKey, resumed, pollForMs: POLL_FOR_MS });
    if (result.outcome !== 'SUCCEEDED') return record(false, result.detail);
    const seen = await look(session, sessions, { actionClass: inverse, target }, at, timing);
    return record(seen.effective, seen.evidence);
  },
});
