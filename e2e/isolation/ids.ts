import type { idsOf } from '../../services/gateway/test/samples/index.js';
import { rawId } from '../../cli/src/index.js';
import type { Cast } from './cast.js';

type IdsOfTenant = ReturnType<typeof idsOf>;
interface IdList {
  edges: { node: { id: string } }[];
}
interface CaseIds {
  id: string;
  messages: { id: string }[];
  recommendations: { id: string }[];
  deliveries: { id: string }[];
}

/** Ids of things a tenant really has, as attempts name them. */
export const idsIn = async ({ lead, marked }: Cast): Promise<IdsOfTenant> => {
  const lists = await lead.ask<Record<string, IdList>>(
    '{ findings { edges { node { id } } } actions { edges { node { id } } } reports { edges { node { id } } } hunts { edges { node { id } } } backtests { edges { node { id } } } exceptions { edges { node { id } } } posture { edges { node { id } } } }',
  );
  const { cases } = await lead.ask<{ cases: { edges: { node: CaseIds }[] } }>(
    '{ cases { edges { node { id messages { id } recommendations { id } deliveries { id } } } } }',
  );
  const one = cases.edges.map(({ node }) => node).find(({ recommendations }) => recommendations.length > 0);
  const first = (list: string): string => rawId(lists[list]?.edges[0]?.node.id ?? '');
  const { requestId } = await lead.change('mutation($id: ID!) { addNote(id: $id, text: "once more") OUTCOME }', {
    id: one?.id,
  });
  const { requestId: proposal } = await lead.change(
    'mutation($id: ID!) { setPolicy(tenantId: $id, policy: { mode: AUTHORIZE, approvalMinutes: 45 }) OUTCOME }',
    { id: marked.tenant },
  );
  return {
    case: rawId(one?.id ?? ''),
    finding: first('findings'),
    action: first('actions'),
    report: first('reports'),
    exception: first('exceptions'),
    backtest: first('backtests'),
    hunt: first('hunts'),
    posture: first('posture'),
    message: one?.messages[0]?.id ?? '',
    recommendation: rawId(one?.recommendations[0]?.id ?? ''),
    oldRecommendation: '',
    proposal,
    request: requestId,
    delivery: one?.deliveries[0]?.id ?? '',
    reminder: '',
  };
};
