import { idOf } from '#libs/model';
import { shownBy } from '../asking/shown-in.js';
import { nodeId, tenantKey } from '../domain/node-id.js';
import type { AnalystHuntArgs } from '../generated/analyst.js';
import { item, tenantKeys, tenantNode, type Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { huntPages, hunts, type HuntDoc } from '../views/hunts.js';
import { fullBacklog } from './backlog.js';
import type { AnalystSubject } from './subject.js';

const PAGES = 100;
const ROWS = 10_000;

const rows = async (
  { tenant, huntId }: Item<HuntDoc>,
  { first }: AnalystHuntArgs['rows'],
  { gate }: Visit,
): Promise<string[]> => {
  const wanted = { where: { huntId }, sort: { page: 1 as const }, limit: PAGES };
  const { items } = await gate.read(huntPages, [tenant]).find(wanted);
  return items.flatMap(({ doc }) => doc.rows).slice(0, Math.max(0, Math.min(first, ROWS)));
};

/** Questions to the lake. */
export const hunting = {
  queries: {
    hunts: (_parent, { tenants, ...paging }, { gate }) =>
      connection(gate.read(hunts, tenantKeys(tenants)), { sort: { askedAt: -1 } }, paging, item('Hunt')),
  },
  mutations: {
    askHunt: async ({ tenantId, input: { hypothesis, technique, ...query } }, visit, requestId) => {
      const huntId = idOf('hunt', requestId);
      const tenant = tenantKey(tenantId);
      return {
        tenant,
        refused: await fullBacklog(visit, tenant, hunts),
        request: { type: 'hunt.ask', huntId, hypothesis, technique, query },
        id: nodeId('Hunt', tenant, huntId),
        shownIn: shownBy(hunts, huntId),
      };
    },
  },
  types: {
    Hunt: {
      id: ({ tenant, huntId }: Item<HuntDoc>) => nodeId('Hunt', tenant, huntId),
      tenant: ({ tenant }: Item<HuntDoc>) => tenantNode(tenant),
      rows,
    },
  },
} satisfies AnalystSubject;
