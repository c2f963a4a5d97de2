import type { ActionWithdraw } from '#contracts';
import { Refused } from '#libs/model';
import { mayBeWithdrawn } from '#libs/terms';
import type { ActionDecision } from './context.js';
import { askingOf } from './follow-decision.js';

/**
 * What nobody wants any more is not begun: a question that waits is put to nobody, and neither an answer nor silence
 * starts it. What began is undone instead. A case that ended may come late with it: then nothing is said.
 */
export const withdraw: ActionDecision<ActionWithdraw> = ({ reason }, life, { actor, now }) => {
  if (actor.side === 'CUSTOMER') throw new Refused('only the provider withdraws actions', 'WRONG_SIDE');
  const { actionId, caseId, state } = life;
  if (state === 'SKIPPED') return [];
  if (state === 'NONE' || !mayBeWithdrawn(state)) {
    if (actor.side === 'SYSTEM') return [];
    throw new Refused(`an action that is ${state} cannot be withdrawn`, 'WRONG_STATE');
  }
  if (!reason.trim()) throw new Refused('a reason is needed', 'NO_REASON');
  return [
    { type: 'action.skipped', actionId, caseId, because: reason.trim(), by: actor, at: now, asking: askingOf(life) },
  ];
};
