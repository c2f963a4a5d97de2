import type { ActionApprove, ActionDeny, ActionExpire, ActionExpired } from '#contracts';
import { Refused } from '#libs/model';
import { isReached } from '#libs/terms';
import { onlySide, type ActionContext, type ActionDecision } from './context.js';
import { commentOf } from './guidance.js';
import { LISTENING_LAG_MS } from './limits.js';
import type { ActionLife } from './state.js';

const byCustomer = (context: ActionContext): void =>
  onlySide('CUSTOMER', context, 'only the customer answers an approval');

/** @throws Refused where no answer is waited for any more. */
const mustAwaitApproval = ({ state, expiresAt }: ActionLife, now: number): void => {
  if (state !== 'AWAITING_APPROVAL') throw new Refused(`the action is ${state} and awaits no approval`, 'WRONG_STATE');
  if (now > expiresAt) throw new Refused('the approval has expired', 'EXPIRED');
};

/**
 * Whoever answers has read a question, and a name may have come to mean somebody else since: the answer is to that one.
 * One that names none answers the only one there ever was.
 * @throws Refused where another was asked since.
 */
const mustMeanIt = (asking: number | null | undefined, { question, questions }: ActionLife): void => {
  if (typeof asking === 'number' ? asking === question : questions <= 1) return;
  throw new Refused('another question was asked since: read it, and answer that one by its number', 'QUESTION_CHANGED');
};

/** What was agreed to does not stand any more: whoever agrees again is to know. */
const NOT_FOLLOWED: readonly ActionLife['state'][] = ['DENIED', 'SKIPPED', 'EXPIRED', 'GUIDED'];

/** The customer agrees to what the question is about; nobody else can. */
export const approve: ActionDecision<ActionApprove> = ({ comment, asking }, life, context) => {
  byCustomer(context);
  if (life.agreed !== 'CUSTOMER' || NOT_FOLLOWED.includes(life.state)) mustAwaitApproval(life, context.now);
  mustMeanIt(asking, life);
  if (life.agreed === 'CUSTOMER') return [];
  const { actionId, caseId } = life;
  const { actor: by, now: at } = context;
  return [{ type: 'action.approved', actionId, caseId, comment: commentOf(comment), by, at, asking: life.question }];
};

/** Asked, and nothing started yet: until then the customer may still say no. */
const mayStillBeDenied = ({ state, askedAt }: ActionLife): boolean =>
  askedAt > 0 && (state === 'APPROVED' || state === 'RESOLVING');

/** The customer does not agree; nobody else can say so. */
export const deny: ActionDecision<ActionDeny> = ({ comment, asking }, life, context) => {
  byCustomer(context);
  if (life.state === 'DENIED') return [];
  if (!mayStillBeDenied(life)) mustAwaitApproval(life, context.now);
  mustMeanIt(asking, life);
  const { actionId, caseId } = life;
  const { actor: by, now: at } = context;
  return [{ type: 'action.denied', actionId, caseId, comment: commentOf(comment), by, at, asking: life.question }];
};

/**
 * Its time is over without an answer. That nobody was told is known only where we listened: what was told while we were
 * away may not be heard of yet.
 */
export const expired = (
  { actionId, caseId, question: asking, expiresAt, tried }: ActionLife,
  at: number,
): ActionExpired => {
  const told = new Set(tried.filter((one) => one.told && isReached(one.channel)).map(({ contact }) => contact)).size;
  const isKnown = told > 0 || at <= expiresAt + LISTENING_LAG_MS;
  return { type: 'action.expired', actionId, caseId, at, asking, told: isKnown ? told : null };
};

/** Fired by a timer: nobody answered in time. An answer that came first stands. */
export const expire: ActionDecision<ActionExpire> = (_, life, context) => {
  onlySide('SYSTEM', context, 'approvals expire by themselves');
  if (life.state !== 'AWAITING_APPROVAL' || context.now < life.expiresAt) return [];
  return [expired(life, context.now)];
};
