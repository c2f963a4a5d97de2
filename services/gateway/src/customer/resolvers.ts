import { Refused } from '#libs/model';
import { ASKED_BY_CUSTOMERS } from '#libs/terms';
import { readNodeId, type NodeType } from '../domain/node-id.js';
import { rolesAt } from '../domain/scope.js';
import type { Paging } from '../reading/connection.js';
import { item, tenantNode, type Item, type Visit } from '../reading/visit.js';
import { changes } from '../shared/changes.js';
import { exceptionFields, exceptionsOf } from '../shared/exceptions.js';
import { actionsOf, answerOf, caseByNumber, casesOf, oneOf, reportsOf } from '../shared/lists.js';
import { policyFields } from '../shared/policies.js';
import { actionFields, caseFields, common, reportFields } from '../shared/resolvers.js';
import type { ActionDoc } from '../views/actions.js';
import type { CaseDoc } from '../views/cases.js';
import type { TenantDoc } from '../views/tenants.js';
import { customerMutations } from './mutations.js';
import { waitingOnYou } from './waiting.js';

/** Types that are a Node in this schema. */
const VIEW_OF: Partial<Record<NodeType, string>> = {
  Action: 'actions',
  Case: 'cases',
  Exception: 'exceptions',
  Report: 'reports',
};

const node = (id: string, visit: Visit) => {
  const ref = readNodeId(id);
  const view = ref && VIEW_OF[ref.type];
  return ref && view ? oneOf(visit, ref.type, view, id) : null;
};

/** @throws Refused FORBIDDEN for somebody whom nobody has granted anything. */
const ownTenant = async ({ gate }: Visit): Promise<Item<TenantDoc>> => {
  const tenant = gate.scope.caller.tenant ?? '';
  const doc = await gate.read<TenantDoc>('tenants', [tenant]).get(tenant);
  if (!doc) throw new Refused('your grants do not permit this', 'FORBIDDEN');
  return item<TenantDoc>('Tenant')({ tenant, doc });
};

const Query = {
  me: (_: unknown, _args: unknown, { gate: { scope } }: Visit) => ({
    subject: scope.caller.subject,
    roles: rolesAt(scope, scope.caller.tenant ?? ''),
  }),
  node: (_: unknown, { id }: { id: string }, visit: Visit) => node(id, visit),
  tenant: (_: unknown, _args: unknown, visit: Visit) => ownTenant(visit),
  cases: (_: unknown, args: Paging & { statuses?: CaseDoc['status'][] | null }, visit: Visit) => casesOf(visit, args),
  case: (_: unknown, { id }: { id: string }, visit: Visit) => oneOf<CaseDoc>(visit, 'Case', 'cases', id),
  caseByNumber: (_: unknown, { number }: { number: string }, visit: Visit) => caseByNumber(visit, number),
  waitingOnYou: (_: unknown, _args: unknown, visit: Visit) => waitingOnYou(visit),
  actions: (_: unknown, args: Paging & { states?: ActionDoc['state'][] | null }, visit: Visit) =>
    actionsOf(visit, args),
  reports: (_: unknown, args: Paging & { kind?: 'WEEKLY' | 'MONTHLY' | null }, visit: Visit) => reportsOf(visit, args),
  exceptions: (_: unknown, args: Paging & { active?: boolean | null }, visit: Visit) => exceptionsOf(visit, args),
  request: (_: unknown, { id }: { id: string }, visit: Visit) =>
    answerOf(visit, id, ({ requestType }) => ASKED_BY_CUSTOMERS.includes(requestType)),
};

/** The schema of a customer's people. */
export const customerResolvers = {
  ...common,
  Query,
  Mutation: customerMutations,
  Subscription: {
    caseChanged: {
      subscribe: (_: unknown, _args: unknown, visit: Visit) => changes<CaseDoc>(visit, 'caseChanged', 'cases'),
    },
    actionChanged: {
      subscribe: (_: unknown, _args: unknown, visit: Visit) => changes<ActionDoc>(visit, 'actionChanged', 'actions'),
    },
  },
  Tenant: {
    id: ({ tenant }: Item<TenantDoc>) => tenantNode(tenant),
    mode: ({ policy }: Item<TenantDoc>) => policy.mode,
    policyVersion: ({ policy }: Item<TenantDoc>) => policy.version,
    ...policyFields,
  },
  Case: { ...caseFields, timeline: ({ timeline }: Item<CaseDoc>) => timeline.filter(({ internal }) => !internal) },
  Action: actionFields,
  Exception: exceptionFields,
  Report: reportFields,
};
