import type { ActionWithdraw, WantedAction } from '#contracts';
import { Refused } from '#libs/model';
import { mayBeWithdrawn } from '#libs/terms';
import type { ActionDecision } from './context.js';
import { askingOf } from './follow-decision.js';
import type { ActionLife } from './state.js';

/** Its case went into another one: what was not answered here is asked there. */
const wanted = (life: ActionLife, caseId: string): WantedAction => {
  const { actionClass, target, severity, confidence, reason, detectedAt, refused } = life;
  const about = { caseId, actionClass, target, severity, confidence, reason, detectedAt };
  return refused ? { ...about, refused } : about;
};

/**
 * What nobody wants any more is not begun: a question that waits is put to nobody, and neither an answer nor silence
 * starts it. What began is undone instead. A case that ended may come late with it: then nothing is said.
 */
export const withdraw: ActionDecision<ActionWithdraw> = ({ reason, intoCaseId, since }, life, { actor, now }) => {
  if (actor.side === 'CUSTOMER') throw new Refused('only the provider withdraws actions', 'WRONG_SIDE');
  const { actionId, caseId, state } = life;
  if (state === 'SKIPPED') return [];
  if (state === 'NONE' || !mayBeWithdrawn(state)) {
    if (actor.side === 'SYSTEM') return [];
    throw new Refused(`an action that is ${state} cannot be withdrawn`, 'WRONG_STATE');
  }
  if (!reason.trim()) throw new Refused('a reason is needed', 'NO_REASON');
  const wantedIn = intoCaseId && actor.side === 'SYSTEM' ? wanted(life, intoCaseId) : null;
  const asking = askingOf(life);
  const wantedBy = { by: actor, asking, wantedIn, since: actor.side === 'SYSTEM' ? (since ?? null) : null };
  return [{ type: 'action.skipped', actionId, caseId, because: reason.trim(), ...wantedBy, at: now }];
};
