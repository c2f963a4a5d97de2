import type {
  RecommendationChange,
  RecommendationFact,
  RecommendationGive,
  RecommendationRemind,
  RecommendationRequest,
  TenantState,
} from '#contracts';
import type { Decider } from '#libs/model';
import { adviceStateTold, DAY_MS } from '#libs/terms';
import { byProvider, bySystem, requiredText } from '../case/rules.js';
import { acceptRisk, complete, reopen, withdraw } from './ends.js';
import { must, mustBeGiven, mustStandOpen, type AdviceDecision, type AdviceLife } from './life.js';
import { nextReminderAt } from './reminders.js';

const YEARS_AHEAD_MS = 5 * 366 * DAY_MS;

/** What, who and until when, as it is kept. */
const termsOf = ({ text, owner, dueAt, priority }: RecommendationChange | RecommendationGive, now: number) => {
  const who = owner.trim();
  must(who.length <= 200, 'an owner has at most 200 characters', 'OWNER_TOO_LONG');
  must(
    typeof dueAt !== 'number' || (dueAt > now && dueAt <= now + YEARS_AHEAD_MS),
    'what is due is due in the future, within five years',
    'DUE_OUT_OF_RANGE',
  );
  return { text: requiredText(text, 'the recommendation'), owner: who, dueAt: dueAt ?? null, priority };
};

/** The provider's people advise, and the service itself what a root cause says. */
const give: AdviceDecision<RecommendationGive> = (request, { state }, context) => {
  if (context.actor.side !== 'SYSTEM') byProvider(context);
  if (state) return [];
  const { recommendationId, caseId, postureId } = request;
  must(
    caseId !== '' || postureId !== '',
    'a recommendation comes from a case or from a posture item',
    'ORIGIN_MISSING',
  );
  must(caseId.length <= 200 && postureId.length <= 200, 'an id has at most 200 characters', 'ORIGIN_TOO_LONG');
  const { now, actor } = context;
  const terms = termsOf(request, now);
  return [
    {
      type: 'recommendation.given',
      recommendationId,
      caseId,
      postureId,
      ...terms,
      turn: 1,
      nextReminderAt: nextReminderAt(terms, now, 1),
      by: actor,
      at: now,
    },
  ];
};

const change: AdviceDecision<RecommendationChange> = (request, life, context) => {
  byProvider(context);
  mustBeGiven(life);
  mustStandOpen(life);
  const { now, actor } = context;
  const { recommendationId } = request;
  const { caseId, turn } = life;
  const same = request.dueAt === life.dueAt;
  const terms = termsOf(same ? { ...request, dueAt: null } : request, now);
  const said = { ...terms, dueAt: same ? life.dueAt : terms.dueAt };
  if (said.text === life.text && said.owner === life.owner && said.priority === life.priority && same) return [];
  return [
    {
      type: 'recommendation.changed',
      recommendationId,
      caseId,
      ...said,
      turn: turn + 1,
      nextReminderAt: nextReminderAt(said, now, 1),
      by: actor,
      at: now,
    },
  ];
};

/** A timer fired: it is to be reminded of, if it is open still and nothing was said of it since. */
const remind: AdviceDecision<RecommendationRemind> = ({ recommendationId, turn }, life, context) => {
  bySystem(context);
  mustBeGiven(life);
  if (life.state !== 'OPEN' || turn !== life.turn) return [];
  const { caseId, text, owner, dueAt, priority } = life;
  return [
    {
      type: 'recommendation.reminder-due',
      recommendationId,
      caseId,
      text,
      owner,
      dueAt,
      priority,
      turn: turn + 1,
      nextReminderAt: nextReminderAt(life, context.now, turn + 1),
      at: context.now,
    },
  ];
};

type AdviceDecisions = {
  [T in RecommendationRequest['type']]: AdviceDecision<Extract<RecommendationRequest, { type: T }>>;
};

const decisions: AdviceDecisions = {
  'recommendation.give': give,
  'recommendation.change': change,
  'recommendation.complete': complete,
  'recommendation.accept-risk': acceptRisk,
  'recommendation.withdraw': withdraw,
  'recommendation.reopen': reopen,
  'recommendation.remind': remind,
};

const evolve = (life: AdviceLife, fact: RecommendationFact): AdviceLife => {
  const state = adviceStateTold(fact) ?? life.state;
  const turn = ('turn' in fact ? fact.turn : null) ?? life.turn;
  if (fact.type === 'recommendation.given' || fact.type === 'recommendation.changed') {
    const { caseId, text, owner, dueAt = null, priority } = fact;
    return { state, caseId, text, owner, dueAt, priority, turn };
  }
  return { ...life, state, turn };
};

/** One piece of advice, which outlives the case it comes from: open until it was followed, or lived without. */
export const recommendationStream: Decider<AdviceLife, RecommendationRequest, RecommendationFact, TenantState> = {
  subject: 'recommendation',
  version: 1,
  key: ({ recommendationId }) => recommendationId,
  initial: () => ({ state: null, caseId: '', text: '', owner: '', dueAt: null, priority: 'MEDIUM', turn: 0 }),
  evolve,
  decide: (request, life, context) =>
    (decisions[request.type] as AdviceDecision<RecommendationRequest>)(request, life, context),
};
