import type { BacktestAsk, RuleCondition, RuleFile } from '#contracts';
import { idOf, type Typed } from '#libs/model';
import { nodeId, tenantKey } from '../domain/node-id.js';
import { OPERATOR } from '../reading/gate.js';
import { tenantNode, type Item, type Visit } from '../reading/visit.js';
import { about, type Change } from '../shared/mutations.js';
import { oneOf } from '../shared/lists.js';
import { noRoom } from './room.js';
import { exceptionFields } from '../shared/exceptions.js';
import type { BacktestDoc, BacktestPageDoc, TriedRule } from '../views/backtests.js';
import type { ExceptionDoc } from '../views/exceptions.js';
import { RULESET, type RulesetDoc } from '../views/rulesets.js';

const DAY_MS = 86_400_000;

interface Importing {
  tenantId?: string | null;
  importId: string;
  part: number;
  parts: number;
  files: RuleFile[];
}
interface Exception {
  ruleId: string;
  where: RuleCondition[];
  owner: string;
  reason: string;
  expiresAt: number;
}
interface Trying {
  ruleId: string;
  files: RuleFile[];
  days: number;
  mostEvents: number;
}

/** What is asked for a tenant; nothing for one that is not there, which only those hear of who might ask. */
const ofTenant = (named: string, { settings }: Visit, request: Typed, id?: (tenant: string) => string): Change => {
  const tenant = tenantKey(named);
  return { tenant, request, isThere: settings.get(tenant) !== undefined, id: id?.(tenant) };
};

/** Without a tenant the rules run for everybody. */
const importRules = ({ tenantId, importId, part, parts, files }: Importing, visit: Visit): Change => {
  const request = { type: 'ruleset.import', importId, part, parts, files } as Typed;
  // An empty name is a mistake: it shall not mean everybody.
  return typeof tenantId === 'string' ? ofTenant(tenantId, visit, request) : { tenant: OPERATOR, at: ['*'], request };
};

export const ruleMutations = {
  importRules,
  setPlaceholder: (
    { tenantId, name, values }: { tenantId: string; name: string; values: string[] },
    visit: Visit,
  ): Change => ofTenant(tenantId, visit, { type: 'ruleset.set-placeholder', name, values } as Typed),
  addException: (
    { tenantId, input }: { tenantId: string; input: Exception },
    visit: Visit,
    requestId: string,
  ): Change => {
    const exceptionId = idOf('exception', requestId);
    return ofTenant(tenantId, visit, { type: 'ruleset.add-exception', exceptionId, ...input } as Typed, (tenant) =>
      nodeId('Exception', tenant, exceptionId),
    );
  },
  endException: about<{ id: string; reason: string }>(
    'Exception',
    (exceptionId, { reason }) => ({ type: 'ruleset.end-exception', exceptionId, reason }) as Typed,
  ),
  backtestRules: async (
    { tenantId, input: { ruleId, files, days, mostEvents } }: { tenantId: string; input: Trying },
    visit: Visit,
    requestId: string,
  ): Promise<Change> => {
    const backtestId = idOf('backtest', requestId);
    const to = visit.now();
    const request: BacktestAsk = {
      type: 'backtest.ask',
      backtestId,
      ruleId,
      files,
      from: to - days * DAY_MS,
      to,
      mostEvents,
    };
    const change = ofTenant(tenantId, visit, request, (tenant) => nodeId('Backtest', tenant, backtestId));
    return { ...change, refused: await noRoom(visit, change.tenant, 'backtests') };
  },
  cancelBacktest: about<{ id: string }>('Backtest', (backtestId) => ({ type: 'backtest.cancel', backtestId }) as Typed),
};

const nothing: RulesetDoc = { imported: null, placeholders: [], loaded: null, switchedOff: [] };

/**
 * What a tenant adds, nothing yet being an answer too; without a tenant what runs for everybody, for operator-admins.
 */
export const rulesetOf = async ({ gate }: Visit, named?: string | null) => {
  if (!named) return (await gate.readOperator<RulesetDoc>('rulesets').get(RULESET)) ?? null;
  const tenant = tenantKey(named);
  if (!gate.scope.tenants.includes(tenant)) return null;
  const doc = await gate.read<RulesetDoc>('rulesets', [tenant]).get(RULESET);
  return { tenant: tenantNode(tenant), ...(doc ?? nothing) };
};

export const backtestOf = (visit: Visit, id: string) => oneOf<BacktestDoc>(visit, 'Backtest', 'backtests', id);

const PAGES = 100;

const triedRules = async (
  { tenant, backtestId }: Item<BacktestDoc>,
  { first, skip }: { first: number; skip: number },
  { gate }: Visit,
): Promise<TriedRule[]> => {
  const { items } = await gate
    .read<BacktestPageDoc>('backtest-pages', [tenant])
    .find({ where: { backtestId }, sort: { page: 1 }, limit: PAGES });
  return items
    .flatMap(({ doc }) => doc.rules)
    .slice(Math.max(0, skip))
    .slice(0, Math.max(0, first));
};

/** Fields of what concerns rules, where a document does not say it as it is. */
export const ruleFields = {
  Exception: { ...exceptionFields, tenant: ({ tenant }: Item<ExceptionDoc>) => tenantNode(tenant) },
  Backtest: {
    id: ({ tenant, backtestId }: Item<BacktestDoc>) => nodeId('Backtest', tenant, backtestId),
    tenant: ({ tenant }: Item<BacktestDoc>) => tenantNode(tenant),
    rules: triedRules,
  },
};
