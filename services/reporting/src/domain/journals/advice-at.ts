import type { Actor, RecommendationPriority, RecommendationState } from '#contracts';
import type { Journals, RecommendationJournal } from './index.js';

/** Advice as it stood at an instant. */
export interface AdviceAt {
  recommendationId: string;
  caseId: string;
  postureId: string;
  text: string;
  owner: string;
  dueAt: number | null;
  /** Null: nobody said. */
  priority: RecommendationPriority | null;
  at: number;
  state: RecommendationState;
  /** Who ended it; null while it was open, and of advice of before. */
  endedBy: Actor | null;
  /** Since when it was not open any more. */
  endedAt: number | null;
  /** Id of the fact that gave it; absent in documents of before. */
  fact?: string;
}

const standing = (doc: RecommendationJournal, to: number): AdviceAt[] => {
  const said = doc.sayings.findLast(({ at }) => at < to);
  const now = doc.states.findLast(({ at }) => at < to);
  if (!said || !now) return [];
  const { recommendationId, caseId, postureId, givenAt, fact } = doc;
  const isOpen = now.state === 'OPEN';
  const { text, owner, dueAt, priority } = said;
  const of = { recommendationId, caseId, postureId, text, owner, dueAt, priority, at: givenAt, fact, state: now.state };
  return [{ ...of, endedBy: isOpen ? null : now.by, endedAt: isOpen ? null : now.at }];
};

/** All advice given before an instant, as it stood then: with what was given in cases before advice was on its own. */
export const adviceAt = ({ cases, recommendations }: Journals, to: number): AdviceAt[] => [
  ...cases.flatMap(({ caseId, recommendations: given }) =>
    given
      .filter(({ at }) => at < to)
      .map(({ recommendationId, text, at, completedAt, fact }): AdviceAt => {
        const endedAt = completedAt !== null && completedAt < to ? completedAt : null;
        const terms = { owner: '', dueAt: null, priority: null, endedBy: null };
        const state = endedAt === null ? 'OPEN' : 'DONE';
        return { recommendationId, caseId, postureId: '', text, at, fact, state, endedAt, ...terms };
      }),
  ),
  ...recommendations.flatMap((doc) => standing(doc, to)),
];
