import { idOf } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { shownBy } from '../asking/shown-in.js';
import { nodeId } from '../domain/node-id.js';
import type { AnalystBacktestArgs } from '../generated/analyst.js';
import { item, oneOf, tenantKeys, tenantNode, type Item } from '../graphql/items.js';
import { about } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { backtestPages, backtests, type BacktestDoc, type TriedRule } from '../views/backtests.js';
import { fullBacklog } from './backlog.js';
import { knownTenant } from './known-tenant.js';
import type { AnalystSubject } from './subject.js';

const PAGES = 100;

const rules = async (
  { tenant, backtestId }: Item<BacktestDoc>,
  { first, skip }: AnalystBacktestArgs['rules'],
  { gate }: Visit,
): Promise<TriedRule[]> => {
  const wanted = { where: { backtestId }, sort: { page: 1 as const }, limit: PAGES };
  const { items } = await gate.read(backtestPages, [tenant]).find(wanted);
  return items
    .flatMap(({ doc }) => doc.rules)
    .slice(Math.max(0, skip))
    .slice(0, Math.max(0, first));
};

/** What rules would have done. */
export const backtesting = {
  queries: {
    backtest: (_parent, { id }, visit) => oneOf(visit, 'Backtest', id),
    backtests: (_parent, { tenants, ...paging }, { gate }) =>
      connection(gate.read(backtests, tenantKeys(tenants)), { sort: { askedAt: -1 } }, paging, item('Backtest')),
  },
  mutations: {
    backtestRules: async ({ tenantId, input: { days, ...wanted } }, visit, requestId) => {
      const backtestId = idOf('backtest', requestId);
      const to = visit.now();
      const known = knownTenant(tenantId, visit);
      return {
        ...known,
        refused: await fullBacklog(visit, known.tenant, backtests),
        request: { type: 'backtest.ask', backtestId, ...wanted, from: to - days * DAY_MS, to },
        id: nodeId('Backtest', known.tenant, backtestId),
        shownIn: shownBy(backtests, backtestId),
      };
    },
    cancelBacktest: about('Backtest', (backtestId) => ({ type: 'backtest.cancel', backtestId })),
  },
  types: {
    Backtest: {
      id: ({ tenant, backtestId }: Item<BacktestDoc>) => nodeId('Backtest', tenant, backtestId),
      tenant: ({ tenant }: Item<BacktestDoc>) => tenantNode(tenant),
      rules,
    },
  },
} satisfies AnalystSubject;
