import type { ActionApprove, ActionDeny, ActionExpire } from '#contracts';
import { Refused } from '#libs/model';
import { onlySide, type ActionContext, type ActionDecision } from './context.js';
import { commentOf } from './guidance.js';
import type { ActionLife } from './state.js';

const byCustomer = (context: ActionContext): void =>
  onlySide('CUSTOMER', context, 'only the customer answers an approval');

/** @throws Refused where no answer is waited for any more. */
const mustAwaitApproval = ({ state, expiresAt }: ActionLife, now: number): void => {
  if (state !== 'AWAITING_APPROVAL') throw new Refused(`the action is ${state} and awaits no approval`, 'WRONG_STATE');
  if (now > expiresAt) throw new Refused('the approval has expired', 'EXPIRED');
};

/** The customer agrees; nobody else can. */
export const approve: ActionDecision<ActionApprove> = ({ comment }, life, context) => {
  byCustomer(context);
  if (life.agreed === 'CUSTOMER') return [];
  mustAwaitApproval(life, context.now);
  const { actionId, caseId } = life;
  return [
    { type: 'action.approved', actionId, caseId, comment: commentOf(comment), by: context.actor, at: context.now },
  ];
};

/** Asked, and nothing started yet: until then the customer may still say no. */
const mayStillBeDenied = ({ state, askedAt }: ActionLife): boolean =>
  askedAt > 0 && (state === 'APPROVED' || state === 'RESOLVING');

/** The customer does not agree; nobody else can say so. */
export const deny: ActionDecision<ActionDeny> = ({ comment }, life, context) => {
  byCustomer(context);
  if (life.state === 'DENIED') return [];
  if (!mayStillBeDenied(life)) mustAwaitApproval(life, context.now);
  const { actionId, caseId } = life;
  return [{ type: 'action.denied', actionId, caseId, comment: commentOf(comment), by: context.actor, at: context.now }];
};

/** Fired by a timer: nobody answered in time. An answer that came first stands. */
export const expire: ActionDecision<ActionExpire> = (_, life, context) => {
  onlySide('SYSTEM', context, 'approvals expire by themselves');
  if (life.state !== 'AWAITING_APPROVAL' || context.now < life.expiresAt) return [];
  return [{ type: 'action.expired', actionId: life.actionId, caseId: life.caseId, at: context.now }];
};
