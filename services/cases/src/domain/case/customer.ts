import type {
  CaseAddRecommendation,
  CaseCompleteRecommendation,
  CaseNotifyCustomer,
  CasePostMessage,
  CaseRate,
  CaseRecordAdvice,
  CaseRecordUntold,
  CaseWithdrawQuestion,
  Side,
} from '#contracts';
import { idOf, Refused } from '#libs/model';
import { isCaseDone } from '#libs/terms';
import {
  byProvider,
  bySystem,
  mustBeOpen,
  mustExist,
  stopClockFacts,
  toStatus,
  requiredText,
  type CaseDecision,
} from './rules.js';
import { pendingFor } from './pending.js';
import type { CaseState } from './state.js';

/**
 * A person says whom they told by hand; the service whose server took the message, and when, each contact once. Only
 * this stops NOTIFY, at the delivery, however late the case hears of it.
 */
export const notifyCustomer: CaseDecision<CaseNotifyCustomer> = (request, state, context) => {
  const { caseId, contact, channel } = request;
  if (context.actor.side === 'CUSTOMER') throw new Refused('the provider notifies the customer', 'NOT_FOR_CUSTOMERS');
  mustExist(state);
  if (context.actor.side === 'SYSTEM' && state.notified.includes(`${contact} ${channel}`)) return [];
  const told = context.actor.side === 'SYSTEM' ? (request.occurredAt ?? context.now) : context.now;
  const occurredAt = Math.min(told, context.now);
  // Heard late of the life before: in this one nobody was told by it.
  const stopped = occurredAt < state.lifeSince ? [] : stopClockFacts(caseId, ['NOTIFY'], state, occurredAt, context);
  return [
    {
      type: 'case.customer-notified',
      caseId,
      contact: requiredText(contact, 'the contact'),
      channel,
      by: context.actor,
      at: context.now,
      occurredAt,
    },
    ...stopped,
  ];
};

/** Nobody could be told: no clock stops by it. */
export const recordUntold: CaseDecision<CaseRecordUntold> = ({ caseId, deliveryId, reason }, state, context) => {
  bySystem(context);
  mustExist(state);
  return state.untold.includes(deliveryId)
    ? []
    : [{ type: 'case.customer-not-told', caseId, deliveryId, reason, at: context.now }];
};

const mayBlock = ({ kind, blocking }: CasePostMessage, { actor }: Parameters<CaseDecision<unknown>>[2]): void => {
  if (blocking && (kind !== 'QUESTION' || actor.side !== 'PROVIDER'))
    throw new Refused("only a question of the provider's is waited for", 'ONLY_QUESTIONS_BLOCK');
};

/** What the customer says to a question of a case that was merged is kept where it was asked, and counts where that went. */
const isReplyToMerged = ({ inReplyTo }: CasePostMessage, { mergedInto, questions }: CaseState, side: Side): boolean =>
  Boolean(mergedInto && inReplyTo && side === 'CUSTOMER' && questions.includes(inReplyTo));

/** Both sides write. What people had put on hold for the customer goes on with the customer's word. */
export const postMessage: CaseDecision<CasePostMessage> = (request, state, context) => {
  const { caseId, kind, text, inReplyTo, blocking } = request;
  const { mergedInto: intoCaseId } = state;
  if (!isReplyToMerged(request, state, context.actor.side)) mustExist(state);
  if (context.actor.side === 'SYSTEM') throw new Refused('messages are written by people', 'PEOPLE_ONLY');
  mayBlock(request, context);
  if (kind === 'ANSWER' && !inReplyTo)
    throw new Refused('an answer says which question it answers', 'QUESTION_MISSING');
  if (inReplyTo && kind === 'ANSWER' && !state.questions.includes(inReplyTo))
    throw new Refused('there is no such question', 'NO_SUCH_QUESTION');
  const messageId = idOf('message', context.requestId);
  const waited =
    state.said.status === 'ON_HOLD' &&
    state.said.onHoldReason === 'AWAITING_CUSTOMER' &&
    context.actor.side === 'CUSTOMER';
  return [
    {
      type: 'case.message-posted',
      caseId,
      messageId,
      kind,
      text: requiredText(text, 'the message'),
      inReplyTo: inReplyTo ?? null,
      by: context.actor,
      at: context.now,
      blocking,
      ...pendingFor(context.actor, state),
      ...(intoCaseId ? { intoCaseId } : {}),
    },
    ...(waited ? [toStatus(caseId, 'IN_PROGRESS', 'NONE', state, context)] : []),
  ];
};

/** A question that is open needs no answer any more. */
export const withdrawQuestion: CaseDecision<CaseWithdrawQuestion> = ({ caseId, messageId }, state, context) => {
  byProvider(context);
  mustExist(state);
  if (!state.questions.includes(messageId)) throw new Refused('there is no such question', 'NO_SUCH_QUESTION');
  return state.openQuestions.some(({ id }) => id === messageId)
    ? [{ type: 'case.question-withdrawn', caseId, messageId, by: context.actor, at: context.now }]
    : [];
};

/** The customer's judgement, once for each time the case ends. */
export const rate: CaseDecision<CaseRate> = ({ caseId, stars, comment }, state, context) => {
  mustExist(state);
  if (context.actor.side !== 'CUSTOMER') throw new Refused('only the customer rates the service', 'CUSTOMER_ONLY');
  if (!isCaseDone(state.status)) throw new Refused('a case is rated once it is resolved', 'NOT_RESOLVED');
  if (!Number.isInteger(stars) || stars < 1 || stars > 5)
    throw new Refused('a rating is one to five stars', 'STARS_OUT_OF_RANGE');
  if (state.rated) throw new Refused('the case is rated already', 'RATED_ALREADY');
  return [
    { type: 'case.rated', caseId, stars, comment: comment.trim().slice(0, 10_000), by: context.actor, at: context.now },
  ];
};

/** What becomes of advice that comes from the case is kept with it, each state once. */
export const recordAdvice: CaseDecision<CaseRecordAdvice> = (
  { caseId, recommendationId, state: stands, text, by, occurredAt },
  state,
  context,
) => {
  bySystem(context);
  if (state.number === 0) mustExist(state);
  if (state.advice[recommendationId] === stands) return [];
  return [
    { type: 'case.advice-recorded', caseId, recommendationId, state: stands, text, by, occurredAt, at: context.now },
  ];
};

/** Advice has a stream of its own since it outlives its case, and is given there. */
export const addRecommendation: CaseDecision<CaseAddRecommendation> = () => {
  throw new Refused('advice is given as a recommendation of its own', 'GIVEN_ON_ITS_OWN');
};

/** Either side says that advice was followed which was given in the case, as it once was. */
export const completeRecommendation: CaseDecision<CaseCompleteRecommendation> = (
  { caseId, recommendationId },
  state,
  context,
) => {
  if (state.number === 0) mustBeOpen(state);
  if (context.actor.side === 'SYSTEM') throw new Refused('people say when advice was followed', 'PEOPLE_ONLY');
  const stands = Object.hasOwn(state.recommendations, recommendationId)
    ? state.recommendations[recommendationId]
    : undefined;
  if (!stands) throw new Refused('there is no such recommendation', 'NO_SUCH_RECOMMENDATION');
  return stands === 'DONE'
    ? []
    : [{ type: 'case.recommendation-completed', caseId, recommendationId, by: context.actor, at: context.now }];
};
