import type { ActionSupersede } from '#contracts';
import { actionClassOf } from '#libs/policy';
import { effectHolds } from '#libs/terms';
import { onlySide, type ActionDecision } from './context.js';
import { onceOver } from './want-again.js';

/**
 * An effect that was seen to be given back by another action holds no more, also where undoing it is under way. Where
 * no effect was seen there is none to end: that it is not there is for the looks for it to say.
 */
export const supersede: ActionDecision<ActionSupersede> = (request, life, context) => {
  onlySide('SYSTEM', context, 'only the system side may record results');
  const { actionId, caseId, actionClass, target, state, beforeUndo } = life;
  const { byActionId, byCaseId, inverting, evidence, observedAt } = request;
  const stood = state === 'REVERTING' ? beforeUndo : state;
  if (stood === 'NONE' || !effectHolds(stood) || !actionClassOf(actionClass)?.takesAway) return [];
  const by = { byActionId, byCaseId, inverting, evidence, observedAt };
  const at = context.now;
  return onceOver(life, { type: 'action.superseded', actionId, caseId, actionClass, target, ...by, at }, at);
};
