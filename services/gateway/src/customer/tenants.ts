import type { AnyRequest } from '#contracts';
import { Refused } from '#libs/model';
import { itemAt, tenantNode, type Item } from '../graphql/items.js';
import type { MutationMaker } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import { confirmPolicy, policyFields, rejectPolicy, setPolicy, shownByPolicies } from '../shared/policies.js';
import { receiptsOf } from '../shared/receipts.js';
import type { TenantDoc } from '../views/tenants.js';
import type { CustomerSubject } from './subject.js';

/** The caller's own tenant. */
export const ownTenant = ({ gate: { scope } }: Visit): string => scope.caller.tenant ?? '';

/** @throws Refused FORBIDDEN for somebody whom nobody has granted anything. */
const tenantOf = async (visit: Visit): Promise<Item<TenantDoc>> => {
  const tenant = await itemAt(visit, 'Tenant', ownTenant(visit), ownTenant(visit));
  if (!tenant) throw new Refused('your grants do not permit this', 'FORBIDDEN');
  return tenant;
};

/** What may be done, agreed for the caller's own tenant. */
const agreed =
  <Args>(ask: (args: Args) => AnyRequest): MutationMaker<Args> =>
  (args, visit) => {
    const tenant = ownTenant(visit);
    return { tenant, request: ask(args), id: tenantNode(tenant), shownIn: shownByPolicies(tenant) };
  };

/** The customer itself, and what may be done for it. */
export const tenantSettings = {
  queries: {
    tenant: (_parent, _args, visit) => tenantOf(visit),
    receipts: (_parent, { hours }, visit) => receiptsOf(visit, ownTenant(visit), hours),
  },
  mutations: {
    setPolicy: agreed(({ policy }) => setPolicy(policy)),
    confirmPolicy: agreed(({ proposalId }) => confirmPolicy(proposalId)),
    rejectPolicy: agreed(({ proposalId, reason }) => rejectPolicy(proposalId, reason)),
  },
  types: {
    Tenant: {
      id: ({ tenant }: Item<TenantDoc>) => tenantNode(tenant),
      mode: ({ policy }: Item<TenantDoc>) => policy.mode,
      policyVersion: ({ policy }: Item<TenantDoc>) => policy.version,
      ...policyFields,
    },
  },
} satisfies CustomerSubject;
