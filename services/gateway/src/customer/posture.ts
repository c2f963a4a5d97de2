import { about } from '../graphql/mutation.js';
import { postureFields, postureOf, reopenPosture } from '../shared/posture.js';
import type { CustomerSubject } from './subject.js';

/** What of one's own configuration and coverage is not as it should be. */
export const postureItems = {
  queries: { posture: (_parent, args, visit) => postureOf(visit, args) },
  mutations: {
    acceptPostureRisk: about('Posture', (postureId, { reason }) => ({
      type: 'posture.accept-risk',
      postureId,
      reason,
    })),
    reopenPosture,
  },
  types: { Posture: postureFields },
} satisfies CustomerSubject;
