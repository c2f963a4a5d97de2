import { ofAdvice, recommendationFields, recommendationsOf, reopenRecommendation } from '../shared/recommendations.js';
import type { CustomerSubject } from './subject.js';

/** What the customer is advised, and its word on it. */
export const advice = {
  queries: { recommendations: (_parent, args, visit) => recommendationsOf(visit, args) },
  mutations: {
    completeRecommendation: ofAdvice(
      (recommendationId, { comment }) => ({ type: 'recommendation.complete', recommendationId, comment }),
      (caseId, recommendationId) => ({ type: 'case.complete-recommendation', caseId, recommendationId }),
    ),
    acceptRecommendationRisk: ofAdvice((recommendationId, { reason }) => ({
      type: 'recommendation.accept-risk',
      recommendationId,
      reason,
    })),
    reopenRecommendation,
  },
  types: { Recommendation: recommendationFields },
} satisfies CustomerSubject;
