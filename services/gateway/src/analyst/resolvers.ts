import type { Role } from '#contracts';
import { nodeId, readNodeId, tenantKey, type NodeType } from '../domain/node-id.js';
import { may, type Granted } from '../domain/scope.js';
import { connection, type Paging } from '../reading/connection.js';
import { item, tenantNode, type Item, type Visit } from '../reading/visit.js';
import { changes } from '../shared/changes.js';
import { actionsOf, answerOf, caseByNumber, casesOf, ofCase, oneOf, reportsOf, tenantKeys } from '../shared/lists.js';
import { actionFields, caseFields, common, reportFields } from '../shared/resolvers.js';
import type { ActionDoc } from '../views/actions.js';
import type { CaseDoc } from '../views/cases.js';
import type { FindingDoc } from '../views/findings.js';
import type { GrantDoc } from '../views/grants.js';
import type { HuntDoc, HuntPageDoc } from '../views/hunts.js';
import type { IntakeDoc } from '../views/intake.js';
import type { TenantDoc } from '../views/tenants.js';
import type { BacktestDoc } from '../views/backtests.js';
import { exceptionsOf } from '../shared/exceptions.js';
import { policyFields } from '../shared/policies.js';
import { analystMutations } from './mutations.js';
import { backtestOf, ruleFields, rulesetOf } from './rules.js';

type Args<T> = T & Paging & { tenants?: string[] | null };
const VIEW_OF: Record<NodeType, string> = {
  Action: 'actions',
  Backtest: 'backtests',
  Case: 'cases',
  Exception: 'exceptions',
  Finding: 'findings',
  Hunt: 'hunts',
  Report: 'reports',
  Tenant: 'tenants',
};

const grantsOf = (subject: string, granted: Granted, shown: (tenant: string) => boolean = () => true) =>
  (Object.entries(granted) as [Role, string[]][])
    .map(([role, tenants]) => ({ subject, role, tenants: tenants.filter(shown) }))
    .filter(({ tenants }) => tenants.length > 0);

/** Grants of those tenants that the caller administers. */
const grants = async ({ gate }: Visit, subject?: string | null) => {
  const administers = (tenant: string): boolean => may(gate.scope, ['OPERATOR_ADMIN'], tenant);
  const view = gate.readOperator<GrantDoc>('grants');
  const docs = subject ? [await view.get(subject)] : (await view.find({ limit: 500 })).items.map(({ doc }) => doc);
  return docs.flatMap((doc) => (doc ? grantsOf(doc.subject, doc.roles, administers) : []));
};

const intakeOf = async ({ gate }: Visit, tenant: string) => {
  const { items } = await gate.read<IntakeDoc>('intake', [tenantKey(tenant)]).find({ limit: 500 });
  const sources = [...new Set(items.map(({ doc }) => doc.source))].sort();
  return sources.map((source) => {
    const docs = items.map(({ doc }) => doc).filter((doc) => doc.source === source);
    const sum = (field: 'accepted' | 'dead' | 'messages' | 'bytes'): number =>
      docs.reduce((total, doc) => total + doc[field], 0);
    const last = Math.max(...docs.map(({ lastOccurredAt }) => lastOccurredAt ?? 0));
    return {
      source,
      accepted: sum('accepted'),
      dead: sum('dead'),
      messages: sum('messages'),
      bytes: sum('bytes'),
      lastOccurredAt: last || null,
    };
  });
};

const node = (id: string, visit: Visit) => {
  const ref = readNodeId(id);
  return ref ? oneOf(visit, ref.type, VIEW_OF[ref.type], id) : null;
};

const Query = {
  me: (
    _: unknown,
    _args: unknown,
    {
      gate: {
        scope: { caller, granted },
      },
    }: Visit,
  ) => ({ ...caller, grants: grantsOf(caller.subject, granted) }),
  node: (_: unknown, { id }: { id: string }, visit: Visit) => node(id, visit),
  tenants: (_: unknown, paging: Paging, { gate }: Visit) =>
    connection(gate.read<TenantDoc>('tenants'), { sort: { tenantId: 1 } }, paging, item<TenantDoc>('Tenant')),
  tenant: (_: unknown, { id }: { id: string }, visit: Visit) =>
    oneOf<TenantDoc>(visit, 'Tenant', 'tenants', tenantNode(tenantKey(id))),
  cases: (_: unknown, args: Args<{ statuses?: CaseDoc['status'][] | null }>, visit: Visit) => casesOf(visit, args),
  case: (_: unknown, { id }: { id: string }, visit: Visit) => oneOf<CaseDoc>(visit, 'Case', 'cases', id),
  caseByNumber: (_: unknown, { number }: { number: string }, visit: Visit) => caseByNumber(visit, number),
  findings: (_: unknown, { tenants, caseId, ...paging }: Args<{ caseId?: string | null }>, { gate }: Visit) => {
    const wanted = ofCase(caseId, tenants);
    const where = { raised: true, ...wanted.where };
    return connection(
      gate.read<FindingDoc>('findings', wanted.tenants),
      { where, sort: { detectedAt: -1 } },
      paging,
      item<FindingDoc>('Finding'),
    );
  },
  actions: (_: unknown, args: Args<{ states?: ActionDoc['state'][] | null; caseId?: string | null }>, visit: Visit) =>
    actionsOf(visit, args),
  reports: (_: unknown, args: Args<{ kind?: 'WEEKLY' | 'MONTHLY' | null }>, visit: Visit) => reportsOf(visit, args),
  hunts: (_: unknown, { tenants, ...paging }: Args<unknown>, { gate }: Visit) =>
    connection(
      gate.read<HuntDoc>('hunts', tenantKeys(tenants)),
      { sort: { askedAt: -1 } },
      paging,
      item<HuntDoc>('Hunt'),
    ),
  exceptions: (_: unknown, args: Args<{ ruleId?: string | null; active?: boolean | null }>, visit: Visit) =>
    exceptionsOf(visit, args),
  ruleset: (_: unknown, { tenant }: { tenant?: string | null }, visit: Visit) => rulesetOf(visit, tenant),
  backtest: (_: unknown, { id }: { id: string }, visit: Visit) => backtestOf(visit, id),
  backtests: (_: unknown, { tenants, ...paging }: Args<unknown>, { gate }: Visit) =>
    connection(
      gate.read<BacktestDoc>('backtests', tenantKeys(tenants)),
      { sort: { askedAt: -1 } },
      paging,
      item<BacktestDoc>('Backtest'),
    ),
  intake: (_: unknown, { tenant }: { tenant: string }, visit: Visit) => intakeOf(visit, tenant),
  grants: (_: unknown, { subject }: { subject?: string | null }, visit: Visit) => grants(visit, subject),
  request: (_: unknown, { id }: { id: string }, visit: Visit) => answerOf(visit, id),
};

const huntRows = async (
  { tenant, huntId }: Item<HuntDoc>,
  { first }: { first: number },
  { gate }: Visit,
): Promise<string[]> => {
  const { items } = await gate
    .read<HuntPageDoc>('hunt-pages', [tenant])
    .find({ where: { huntId }, sort: { page: 1 }, limit: 100 });
  return items.flatMap(({ doc }) => doc.rows).slice(0, Math.max(0, Math.min(first, 10_000)));
};

const tenantId = ({ tenant }: { tenant: string }): string => tenantNode(tenant);

/** The schema of the provider's staff, field by field where a document does not say it as it is. */
export const analystResolvers = {
  ...common,
  Query,
  Mutation: analystMutations,
  Subscription: {
    caseChanged: {
      subscribe: (_: unknown, { tenants }: { tenants?: string[] | null }, visit: Visit) =>
        changes<CaseDoc>(visit, 'caseChanged', 'cases', tenantKeys(tenants)),
    },
    actionChanged: {
      subscribe: (_: unknown, { tenants }: { tenants?: string[] | null }, visit: Visit) =>
        changes<ActionDoc>(visit, 'actionChanged', 'actions', tenantKeys(tenants)),
    },
  },
  Tenant: {
    id: tenantId,
    ...policyFields,
    sources: ({ tenant, sources }: Item<TenantDoc>) =>
      sources.map((source) => ({ ...source, topic: `ingest.${tenant}.${source.name}` })),
  },
  Case: {
    ...caseFields,
    tenant: tenantId,
    mergedInto: ({ tenant, mergedInto }: Item<CaseDoc>) => mergedInto && nodeId('Case', tenant, mergedInto),
  },
  Finding: {
    id: ({ tenant, findingId }: Item<FindingDoc>) => nodeId('Finding', tenant, findingId),
    tenant: tenantId,
    caseId: ({ tenant, caseId }: Item<FindingDoc>) => caseId && nodeId('Case', tenant, caseId),
    ruleId: ({ rule }: Item<FindingDoc>) => rule?.id,
    title: ({ rule }: Item<FindingDoc>) => rule?.title,
    description: ({ rule }: Item<FindingDoc>) => rule?.description,
    falsePositives: ({ rule }: Item<FindingDoc>) => rule?.falsePositives,
    runbook: ({ rule }: Item<FindingDoc>) => rule?.runbook,
    events: ({ tenant, findingId }: Item<FindingDoc>, _args: unknown, { eventsOf }: Visit) =>
      eventsOf.load({ tenant, findingId }),
  },
  Action: { ...actionFields, tenant: tenantId },
  ...ruleFields,
  Report: reportFields,
  Hunt: { id: ({ tenant, huntId }: Item<HuntDoc>) => nodeId('Hunt', tenant, huntId), tenant: tenantId, rows: huntRows },
};
