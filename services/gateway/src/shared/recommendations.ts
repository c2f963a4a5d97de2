import type { AnyRequest } from '#contracts';
import { shownBy } from '../asking/shown-in.js';
import { nodeId, readNodeId } from '../domain/node-id.js';
import type { AnalystQueryArgs } from '../generated/analyst.js';
import { item, type Item } from '../graphql/items.js';
import type { MutationMaker } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { recommendations, type RecommendationDoc } from '../views/recommendations.js';
import { ofCase } from './nodes.js';

type RecommendationItem = Item<RecommendationDoc>;

/** The latest first. */
export const recommendationsOf = (
  { gate }: Visit,
  { tenants, states, caseId, ...paging }: AnalystQueryArgs['recommendations'],
) => {
  const wanted = ofCase(caseId, tenants);
  const where = { ...wanted.where, ...(states ? { state: { in: states } } : {}) };
  const view = gate.read(recommendations, wanted.tenants);
  return connection(view, { where, sort: { at: -1 } }, paging, item('Recommendation'));
};

const itsCase = ({ tenant, caseId }: RecommendationItem, { caseOf }: Visit) =>
  caseId ? caseOf.load({ tenant, caseId }) : undefined;

/** Fields of Recommendation that are the same in both schemas. */
export const recommendationFields = {
  id: ({ tenant, recommendationId }: RecommendationItem) => nodeId('Recommendation', tenant, recommendationId),
  caseId: ({ tenant, caseId }: RecommendationItem) => (caseId ? nodeId('Case', tenant, caseId) : null),
  caseNumber: async (one: RecommendationItem, _args: object, visit: Visit) => {
    const its = await itsCase(one, visit);
    return its ? visit.caseNumber(one.tenant, its.number) : null;
  },
  postureId: ({ tenant, postureId }: RecommendationItem) => (postureId ? nodeId('Posture', tenant, postureId) : null),
  rootCause: async (one: RecommendationItem, _args: object, visit: Visit) =>
    (await itsCase(one, visit))?.rootCause ?? null,
  isOverdue: ({ state, dueAt }: RecommendationItem, _args: object, visit: Visit) =>
    state === 'OPEN' && dueAt !== null && dueAt < visit.now(),
  reminders: ({ tenant, recommendationId }: RecommendationItem, _args: object, visit: Visit) =>
    visit.remindersOf.load({ tenant, recommendationId }),
  done: ({ state }: RecommendationItem) => state === 'DONE',
  endedBy: ({ ended }: RecommendationItem) => ended?.by ?? null,
  endedAt: ({ ended }: RecommendationItem) => ended?.at ?? null,
  endedBecause: ({ ended }: RecommendationItem) => ended?.words || null,
};

const GIVEN_IN_CASE = {
  code: 'GIVEN_IN_CASE',
  message: 'it was given in its case by an earlier release and can be said to be done, no more: give it anew',
};

/**
 * What is asked of advice that is named by its node id. Advice of before is its case's: only its end can be asked, of
 * the case.
 */
export const ofAdvice =
  <Args extends { id: string; basedOn?: number | null }>(
    ask: (recommendationId: string, args: Args) => AnyRequest,
    ofOld?: (caseId: string, recommendationId: string) => AnyRequest,
  ): MutationMaker<Args> =>
  async (args, { gate }) => {
    const ref = readNodeId(args.id, 'Recommendation');
    if (!ref) return undefined;
    const doc = await gate.read(recommendations, [ref.tenant]).get(ref.key);
    const old = doc?.givenInCase === true;
    return {
      tenant: ref.tenant,
      isThere: doc !== undefined,
      request: old && ofOld ? ofOld(doc.caseId, ref.key) : ask(ref.key, args),
      ...(old && !ofOld ? { refused: GIVEN_IN_CASE } : {}),
      basedOn: args.basedOn,
      id: args.id,
      shownIn: shownBy(recommendations, ref.key),
    };
  };

export const reopenRecommendation = ofAdvice<{ id: string; reason: string }>((recommendationId, { reason }) => ({
  type: 'recommendation.reopen',
  recommendationId,
  reason,
}));
