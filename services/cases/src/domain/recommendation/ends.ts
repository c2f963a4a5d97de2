import type {
  RecommendationAcceptRisk,
  RecommendationComplete,
  RecommendationReopen,
  RecommendationWithdraw,
} from '#contracts';
import type { DecisionContext } from '#libs/model';
import { byProvider, requiredText } from '../case/rules.js';
import { must, mustBeGiven, mustStandOpen, type AdviceDecision } from './life.js';
import { nextReminderAt } from './reminders.js';

const byCustomer = ({ actor }: DecisionContext): void =>
  must(actor.side === 'CUSTOMER', "only the customer's people say this", 'CUSTOMER_ONLY');

/** Somebody of the customer says so: its partner's people may as well. */
export const complete: AdviceDecision<RecommendationComplete> = ({ recommendationId, comment }, life, context) => {
  byCustomer(context);
  mustBeGiven(life);
  if (life.state === 'DONE') return [];
  must(life.state !== 'WITHDRAWN', 'the recommendation was withdrawn', 'WITHDRAWN');
  const said = comment.trim() && requiredText(comment, 'the comment');
  const { actor: by, now: at } = context;
  return [
    { type: 'recommendation.completed', recommendationId, caseId: life.caseId, comment: said, turn: life.turn, by, at },
  ];
};

export const acceptRisk: AdviceDecision<RecommendationAcceptRisk> = ({ recommendationId, reason }, life, context) => {
  byCustomer(context);
  mustBeGiven(life);
  if (life.state === 'RISK_ACCEPTED') return [];
  mustStandOpen(life);
  const { actor: by, now: at } = context;
  return [
    {
      type: 'recommendation.risk-accepted',
      recommendationId,
      caseId: life.caseId,
      reason: requiredText(reason, 'the reason'),
      turn: life.turn,
      by,
      at,
    },
  ];
};

export const withdraw: AdviceDecision<RecommendationWithdraw> = ({ recommendationId, reason }, life, context) => {
  byProvider(context);
  mustBeGiven(life);
  if (life.state === 'WITHDRAWN') return [];
  mustStandOpen(life);
  const { actor: by, now: at } = context;
  const said = requiredText(reason, 'the reason');
  return [
    { type: 'recommendation.withdrawn', recommendationId, caseId: life.caseId, reason: said, turn: life.turn, by, at },
  ];
};

export const reopen: AdviceDecision<RecommendationReopen> = ({ recommendationId, reason }, life, context) => {
  must(context.actor.side !== 'SYSTEM', 'people say that it is to be done after all', 'PEOPLE_ONLY');
  mustBeGiven(life);
  if (life.state === 'OPEN') return [];
  const { actor: by, now: at } = context;
  return [
    {
      type: 'recommendation.reopened',
      recommendationId,
      caseId: life.caseId,
      reason: requiredText(reason, 'the reason'),
      turn: life.turn + 1,
      nextReminderAt: nextReminderAt(life, at, 1),
      by,
      at,
    },
  ];
};
