import { idOf } from '#libs/model';
import { shownBy } from '../asking/shown-in.js';
import { nodeId, readNodeId, type NodeRef } from '../domain/node-id.js';
import type { AnalystMutationArgs } from '../generated/analyst.js';
import { tenantNode, type Item } from '../graphql/items.js';
import type { MutationMaker } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import type { ViewOf } from '../reading/gate.js';
import { ofAdvice, recommendationFields, recommendationsOf } from '../shared/recommendations.js';
import { cases } from '../views/cases.js';
import { posture } from '../views/posture.js';
import { recommendations, type RecommendationDoc } from '../views/recommendations.js';
import type { AnalystSubject } from './subject.js';

const isShown = async (view: ViewOf<unknown>, { tenant, key }: NodeRef, { gate }: Visit): Promise<boolean> =>
  (await gate.read(view, [tenant]).get(key)) !== undefined;

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
    isThere:
      (!ofCase || (await isShown(cases, ofCase, visit))) && (!ofPosture || (await isShown(posture, ofPosture, visit))),
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
    reopenRecommendation: ofAdvice((recommendationId, { reason }) => ({
      type: 'recommendation.reopen',
      recommendationId,
      reason,
    })),
  },
  types: {
    Recommendation: { ...recommendationFields, tenant: ({ tenant }: Item<RecommendationDoc>) => tenantNode(tenant) },
  },
} satisfies AnalystSubject;
