import type { ActionExecute, ActionFact } from '#contracts';
import { askPolicy } from './ask-policy.js';
import { onlySide, type ActionDecision } from './context.js';
import { askWho, endOf } from './follow-decision.js';

/**
 * Agreed on, or unanswered for long enough: the policy is asked again, then the vendor, and the policy once more over
 * all that it tells.
 */
export const execute: ActionDecision<ActionExecute> = (_, life, context) => {
  if (life.state !== 'APPROVED' && life.state !== 'AWAITING_APPROVAL') return [];
  onlySide('SYSTEM', context, 'only the system side may execute actions');
  // It expires, if late: a question whose time is over is one that was not left unanswered.
  if (life.state === 'AWAITING_APPROVAL' && context.now >= life.expiresAt) return [];
  const said = askPolicy(life, context);
  if (said.decision === 'ASK' && life.state === 'AWAITING_APPROVAL') return [];
  const end = endOf(life, said, context);
  if (end) return end;
  const { actionId, caseId, question: asking } = life;
  const { actor: by, now: at } = context;
  const unanswered: ActionFact[] =
    life.state === 'AWAITING_APPROVAL'
      ? [{ type: 'action.approved', actionId, caseId, comment: said.because, by, at, asking }]
      : [];
  return [...unanswered, askWho(life, said, context)];
};
