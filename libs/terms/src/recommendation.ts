import type { CaseFact, RecommendationFact, RecommendationState } from '#contracts';

/** What tells where advice stands; facts of cases are from before it had a stream of its own. */
export type AdviceFact =
  | RecommendationFact
  | Extract<CaseFact, { type: 'case.recommendation-added' | 'case.recommendation-completed' }>;

const TOLD: Readonly<Record<AdviceFact['type'], RecommendationState | null>> = {
  'case.recommendation-added': 'OPEN',
  'case.recommendation-completed': 'DONE',
  'recommendation.given': 'OPEN',
  'recommendation.changed': null,
  'recommendation.completed': 'DONE',
  'recommendation.risk-accepted': 'RISK_ACCEPTED',
  'recommendation.withdrawn': 'WITHDRAWN',
  'recommendation.reopened': 'OPEN',
  'recommendation.reminder-due': null,
};

/** Why somebody said it: the comment, or the reason; may be empty. */
export const adviceWords = (fact: AdviceFact): string => {
  if (fact.type === 'recommendation.completed') return fact.comment;
  return 'reason' in fact ? fact.reason : '';
};

/** The state that a fact tells of advice; null: it is where it was. */
export const adviceStateTold = ({ type }: Pick<AdviceFact, 'type'>): RecommendationState | null => TOLD[type];
