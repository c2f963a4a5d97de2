import type { ActionFact, ActionRecordReverted, ActionRevert } from '#contracts';
import { cut, Refused } from '#libs/model';
import { actionClassOf } from '#libs/policy';
import { onlySide, type ActionDecision } from './context.js';
import { MAX_UNDOS } from './limits.js';
import { finished, notVerified } from './result.js';
import type { ActionLife } from './state.js';
import { onceOver } from './want-again.js';

const REASON = 1_000;

/** May be in force, as far as is known. */
const UNDOABLE = ['VERIFIED', 'VERIFY_FAILED', 'SUCCEEDED', 'PARTIAL', 'OUTCOME_UNKNOWN'];

/**
 * A timer lifts only what this action did, as far as is known, or what a person wanted lifted before, unless it turned
 * out to be somebody else's; and does not try for ever. Where the answer to what was sent is missing, the vendor is
 * asked whose doing it is before it is lifted. Nothing is lifted where nothing is in force any more: that needs no
 * answer.
 */
const isLeftAlone = ({ state, ours, foreign, undos }: ActionLife): boolean =>
  !UNDOABLE.includes(state) || foreign || (!ours && undos === 0) || undos >= MAX_UNDOS;

/**
 * Undoing asks no policy, as it gives back: whoever is excluded since, or now only wants guidance, must get its network
 * back.
 * What gives back has no undoing: to take away again is an action of its own, with policy, agreement and time to live.
 */
export const revert: ActionDecision<ActionRevert> = ({ reason }, life, context) => {
  if (context.actor.side === 'CUSTOMER') throw new Refused('only the provider undoes actions', 'WRONG_SIDE');
  const { takesAway = false, inverse } = actionClassOf(life.actionClass) ?? {};
  if (!takesAway)
    throw new Refused(
      `${life.actionClass} gives back what was taken; to take it away again, propose ${inverse ?? 'another action'}`,
      'PROPOSE_INVERSE',
    );
  if (['REVERTING', 'REVERTED'].includes(life.state)) return [];
  if (life.foreign && context.actor.side !== 'SYSTEM')
    throw new Refused(
      `nothing was taken away by this action, it was so before; to give back, propose ${inverse ?? 'another action'}`,
      'PROPOSE_INVERSE',
    );
  if (context.actor.side === 'SYSTEM' && isLeftAlone(life)) return [];
  if (!UNDOABLE.includes(life.state))
    throw new Refused(`an action that is ${life.state} cannot be undone`, 'WRONG_STATE');
  if (!reason.trim()) throw new Refused('a reason is needed', 'NO_REASON');
  const { actionId, caseId, actionClass, target, vendor, vendorId } = life;
  return [
    {
      // A key for each attempt: under the key of one that failed the vendor would only report that failure again.
      type: 'action.started',
      actionId,
      caseId,
      actionClass,
      target,
      idempotencyKey: `${actionId}:${inverse}:${life.undos + 1}`,
      policyVersion: context.settings?.policy.version ?? 0,
      rule: 'undo',
      inverting: true,
      vendor,
      vendorId,
      at: context.now,
      by: context.actor,
      reason: cut(reason.trim(), REASON),
    },
  ];
};

/**
 * What is neither proved nor disproved is undone still, and looked for again. Where the outcome was unknown before, and
 * it was not undone, asking for it begins again.
 */
export const recordReverted: ActionDecision<ActionRecordReverted> = (request, life, context) => {
  onlySide('SYSTEM', context, 'only the system side may record results');
  if (life.state !== 'REVERTING') return [];
  const { actionId, caseId, actionClass, target, undos, vendor, vendorId } = life;
  const { detail, reason, observedAt, lagMs, look, since } = request;
  const at = context.now;
  if (!request.conclusive)
    return notVerified(life, { reason, evidence: detail, observedAt, lagMs, look, since, inverting: true }, at);
  if (request.reverted)
    return onceOver(
      life,
      {
        type: 'action.reverted',
        actionId,
        caseId,
        reason: detail,
        by: context.actor,
        observedAt,
        lagMs,
        actionClass,
        vendor,
        vendorId,
        at,
      },
      at,
    );
  const failed: ActionFact = {
    type: 'action.revert-failed',
    actionId,
    caseId,
    actionClass,
    targetId: target.id,
    detail,
    isLast: undos >= MAX_UNDOS,
    at,
  };
  const still = `it could not be undone, and its outcome is unknown still: ${detail}`;
  return life.beforeUndo === 'OUTCOME_UNKNOWN'
    ? [failed, finished(life, { outcome: 'OUTCOME_UNKNOWN', detail: still }, at)]
    : [failed];
};
