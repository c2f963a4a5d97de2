import type { ActionMarkDone, ActionState } from '#contracts';
import { Refused } from '#libs/model';
import { onlySide, type ActionDecision } from './context.js';

const MAX_COMMENT = 2_000;
const GUIDES: readonly (ActionState | 'NONE')[] = ['GUIDED', 'EXPIRED', 'UNSUPPORTED'];

/** @returns the customer's words. @throws Refused when there are too many. */
export const commentOf = (comment: string): string => {
  if (comment.length > MAX_COMMENT) throw new Refused(`a comment has ${MAX_COMMENT} characters at most`, 'TOO_LONG');
  return comment;
};

/** The customer did what it was guided to do. */
export const markDone: ActionDecision<ActionMarkDone> = ({ comment }, life, context) => {
  onlySide('CUSTOMER', context, 'only the customer marks guidance as done');
  if (life.state === 'DONE_BY_CUSTOMER') return [];
  if (!GUIDES.includes(life.state))
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
