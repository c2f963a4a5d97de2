import type { Actor, RecommendationPriority, RecommendationState } from '#contracts';
import type { View } from '#libs/model';
import { adviceStateTold, adviceWords, type AdviceFact } from '#libs/terms';

/** One piece of advice, whatever became of the case it comes from. */
export interface RecommendationDoc {
  recommendationId: string;
  /** Empty where it comes from none. */
  caseId: string;
  postureId: string;
  /** Given in the case, as it was before advice had a stream of its own: nothing but its end is said of it. */
  givenInCase: boolean;
  text: string;
  owner: string;
  dueAt: number | null;
  /** Null: nobody said. */
  priority: RecommendationPriority | null;
  state: RecommendationState;
  by: Actor;
  at: number;
  /** Who ended it, when and in which words; null while it is open. */
  ended: { by: Actor; at: number; words: string } | null;
  /** When it was last to be reminded of. */
  reminderDueAt: number | null;
  version: number;
}

const begin = (fact: AdviceFact): RecommendationDoc | undefined => {
  if (fact.type !== 'case.recommendation-added' && fact.type !== 'recommendation.given') return undefined;
  const { recommendationId, caseId, text, by, at } = fact;
  const given = fact.type === 'recommendation.given' ? fact : undefined;
  return {
    recommendationId,
    caseId,
    postureId: given?.postureId ?? '',
    givenInCase: !given,
    text,
    owner: given?.owner ?? '',
    dueAt: given?.dueAt ?? null,
    priority: given?.priority ?? null,
    state: 'OPEN',
    by,
    at,
    ended: null,
    reminderDueAt: null,
    version: 0,
  };
};

const after = (doc: RecommendationDoc, fact: AdviceFact): RecommendationDoc => {
  if (fact.type === 'recommendation.reminder-due') return { ...doc, reminderDueAt: fact.at };
  if (fact.type === 'recommendation.changed') {
    const { text, owner, dueAt = null, priority } = fact;
    return { ...doc, text, owner, dueAt, priority };
  }
  const state = adviceStateTold(fact) ?? doc.state;
  return { ...doc, state, ended: state === 'OPEN' ? null : { by: fact.by, at: fact.at, words: adviceWords(fact) } };
};

/** Advice, open or ended. */
export const recommendations: View<RecommendationDoc, AdviceFact> & { indexes: string[] } = {
  name: 'recommendations',
  hears: [
    'case.recommendation-added',
    'case.recommendation-completed',
    'recommendation.given',
    'recommendation.changed',
    'recommendation.completed',
    'recommendation.risk-accepted',
    'recommendation.withdrawn',
    'recommendation.reopened',
    'recommendation.reminder-due',
  ],
  indexes: ['at', 'caseId', 'state'],
  keys: ({ message }) => [message.recommendationId],
  show: (before, { envelope, message }) => {
    const doc = before ?? begin(message);
    return doc && { ...after(doc, message), version: envelope.sequence?.version ?? doc.version };
  },
};
