import type { ActionExecute, ActionFact } from '#contracts';
import { askPolicy } from './ask-policy.js';
import { onlySide, type ActionContext, type ActionDecision } from './context.js';
import { askWho, endOf } from './follow-decision.js';
import { LISTENING_LAG_MS } from './limits.js';
import type { ActionLife } from './state.js';

/** We were away since the question was put, or when its time was over: the timer of an earlier one says nothing of it. */
const wereAway = (
  { dueAt }: ActionExecute,
  { askedAt }: ActionLife,
  { now, listeningSince = 0 }: ActionContext,
): boolean =>
  listeningSince > askedAt || (typeof dueAt === 'number' && dueAt > askedAt && now > dueAt + LISTENING_LAG_MS);

/** Silence counts only while we listened: who answered while we were away was not heard, and was told so. */
const wasUnheard = (request: ActionExecute, life: ActionLife, context: ActionContext): boolean =>
  life.state === 'AWAITING_APPROVAL' &&
  !life.isReached &&
  wereAway(request, life, context) &&
  askPolicy(life, context, true).decision === 'EXECUTE';

/**
 * Agreed on, or unanswered for long enough: the policy is asked again, then the vendor, and the policy once more over
 * all that it tells. Where the wait was not listened to, the question is put again, once the vendor was asked, and
 * every wait begins anew.
 */
export const execute: ActionDecision<ActionExecute> = (request, life, context) => {
  if (life.state !== 'APPROVED' && life.state !== 'AWAITING_APPROVAL') return [];
  onlySide('SYSTEM', context, 'only the system side may execute actions');
  // It expires, if late: a question whose time is over is one that was not left unanswered.
  if (life.state === 'AWAITING_APPROVAL' && context.now >= life.expiresAt) return [];
  const said = askPolicy(life, context);
  if (wasUnheard(request, life, context)) return [askWho(life, said, context)];
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
