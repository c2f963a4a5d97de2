import { idOf } from '#libs/model';
import { shownBy } from '../asking/shown-in.js';
import { nodeId, readNodeId, type NodeRef } from '../domain/node-id.js';
import type { AnalystMutationArgs } from '../generated/analyst.js';
import { itemAt, tenantNode, type Item } from '../graphql/items.js';
import type { MutationMaker } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import { ofAdvice, recommendationFields, recommendationsOf, reopenRecommendation } from '../shared/recommendations.js';
import { recommendations, type RecommendationDoc } from '../views/recommendations.js';
import type { AnalystSubject } from './subject.js';

const isThere = async (ref: NodeRef | undefined, visit: Visit): Promise<boolean> =>
  !ref || (await itemAt(visit, ref.type, ref.tenant, ref.key)) !== null;

/** A case, a posture item, or both of one tenant. @returns undefined where an id names no such thing. */
const originOf = (caseId: string | null | undefined, postureId: string | null | undefined) => {
  const ofCase = caseId ? readNodeId(caseId, 'Case') : undefined;
  const ofPosture = postureId ? readNodeId(postureId, 'Posture') : undefined;
  const tenant = (ofCase ?? ofPosture)?.tenant;
  if (!tenant || (caseId && !ofCase) || (postureId && ofPosture?.tenant !== tenant)) return undefined;
  return { tenant, ofCase, ofPosture };
};

const giveRecommendation: MutationMaker<AnalystMutationArgs['giveRecommendation']> = async (
  { caseId, postureId, text, owner, dueAt = null, priority },
  visit,
  requestId,
) => {
  const origin = originOf(caseId, postureId);
  if (!origin) return undefined;
  const { tenant, ofCase, ofPosture } = origin;
  const recommendationId = idOf('recommendation', requestId);
  return {
    tenant,
    isThere: (await isThere(ofCase, visit)) && (await isThere(ofPosture, visit)),
    request: {
      type: 'recommendation.give',
      recommendationId,
      caseId: ofCase?.key ?? '',
      postureId: ofPosture?.key ?? '',
      text,
      owner,
      dueAt,
      priority,
    },
    id: nodeId('Recommendation', tenant, recommendationId),
    shownIn: shownBy(recommendations, recommendationId),
  };
};

/** What customers are advised. */
export const advice = {
  queries: { recommendations: (_parent, args, visit) => recommendationsOf(visit, args) },
  mutations: {
    giveRecommendation,
    changeRecommendation: ofAdvice((recommendationId, { text, owner, dueAt, priority }) => ({
      type: 'recommendation.change',
      recommendationId,
      text,
      owner,
      dueAt: dueAt ?? null,
      priority,
    })),
    withdrawRecommendation: ofAdvice((recommendationId, { reason }) => ({
      type: 'recommendation.withdraw',
      recommendationId,
      reason,
    })),
    reopenRecommendation,
  },
  types: {
    Recommendation: { ...recommendationFields, tenant: ({ tenant }: Item<RecommendationDoc>) => tenantNode(tenant) },
  },
} satisfies AnalystSubject;
