import type { ActionFact } from '#contracts';
import { Refused } from '#libs/model';
import type { Tenancy } from './ask-policy.js';
import type { ActionLife } from './state.js';

const MAX_COMMENT = 2_000;

const commentOf = (comment: string): string => {
  if (comment.length > MAX_COMMENT) throw new Refused(`a comment has ${MAX_COMMENT} characters at most`, 'TOO_LONG');
  return comment;
};

/** Asked, and nothing started yet: until then the customer may still say no. */
const mayBeDenied = ({ state, askedAt }: ActionLife): boolean =>
  askedAt > 0 && (state === 'APPROVED' || state === 'RESOLVING');

/** The customer agrees or does not; nobody else can. */
export const answerApproval = (
  type: 'action.approved' | 'action.denied',
  comment: string,
  life: ActionLife,
  context: Tenancy,
): ActionFact[] => {
  if (context.actor.side !== 'CUSTOMER') throw new Refused('only the customer answers an approval', 'WRONG_SIDE');
  const before = type === 'action.approved' ? life.agreed === 'CUSTOMER' : life.state === 'DENIED';
  if (before) return [];
  const late = type === 'action.denied' && mayBeDenied(life);
  if (life.state !== 'AWAITING_APPROVAL' && !late)
    throw new Refused(`the action is ${life.state} and awaits no approval`, 'WRONG_STATE');
  if (!late && context.now > life.expiresAt) throw new Refused('the approval has expired', 'EXPIRED');
  return [
    {
      type,
      actionId: life.actionId,
      caseId: life.caseId,
      comment: commentOf(comment),
      by: context.actor,
      at: context.now,
    },
  ];
};

/** Fired by a timer: nobody answered in time. An answer that came first stands. */
export const expire = (life: ActionLife, context: Tenancy): ActionFact[] => {
  if (context.actor.side !== 'SYSTEM') throw new Refused('approvals expire by themselves', 'WRONG_SIDE');
  if (life.state !== 'AWAITING_APPROVAL' || context.now < life.expiresAt) return [];
  return [{ type: 'action.expired', actionId: life.actionId, caseId: life.caseId, at: context.now }];
};

/** The customer did what it was guided to do. */
export const markDone = (comment: string, life: ActionLife, context: Tenancy): ActionFact[] => {
  if (context.actor.side !== 'CUSTOMER') throw new Refused('only the customer marks guidance as done', 'WRONG_SIDE');
  if (life.state === 'DONE_BY_CUSTOMER') return [];
  if (!['GUIDED', 'EXPIRED', 'UNSUPPORTED'].includes(life.state))
    throw new Refused(`the action is ${life.state}: there is no guidance to follow`, 'WRONG_STATE');
  return [
    {
      type: 'action.done-by-customer',
      actionId: life.actionId,
      caseId: life.caseId,
      comment: commentOf(comment),
      by: context.actor,
      at: context.now,
    },
  ];
};
