import type { AnyRequest } from '#contracts';
import { isTenant } from '#libs/terms';
import { TENANT_FORM } from '../asking/shown-in.js';
import { isPrefixTaken } from '../domain/case-prefix.js';
import { tenantKey } from '../domain/node-id.js';
import type { AnalystMutationArgs } from '../generated/analyst.js';
import { itemAt, item, tenantNode, type Item } from '../graphql/items.js';
import type { MutationMaker } from '../graphql/mutation.js';
import { connection } from '../reading/connection.js';
import {
  confirmPolicy,
  orProposed,
  policyFields,
  policyOf,
  rejectPolicy,
  setPolicy,
  shownByPolicies,
} from '../shared/policies.js';
import { registeredFields } from '../shared/registered.js';
import { tenants, type TenantDoc } from '../views/tenants.js';
import type { AnalystSubject } from './subject.js';

/** What is agreed with a tenant. */
export const agreed =
  <Args extends { tenantId: string }>(ask: (args: Args, tenant: string) => AnyRequest): MutationMaker<Args> =>
  (args) => {
    const tenant = tenantKey(args.tenantId);
    if (!isTenant(tenant)) return undefined;
    return { tenant, request: ask(args, tenant), id: tenantNode(tenant), shownIn: TENANT_FORM };
  };

/** The same for a word on what has been proposed. */
const judged =
  <Args extends { tenantId: string }>(ask: (args: Args) => AnyRequest): MutationMaker<Args> =>
  async (args, visit, requestId) => {
    const wanted = await agreed(ask)(args, visit, requestId);
    return wanted && { ...wanted, shownIn: shownByPolicies(wanted.tenant) };
  };

/** The same for what may let more happen, and is then proposed. */
const proposed =
  <Args extends { tenantId: string }>(ask: (args: Args) => AnyRequest): MutationMaker<Args> =>
  async (args, visit, requestId) => {
    const wanted = await judged(ask)(args, visit, requestId);
    return wanted && { ...wanted, tell: orProposed };
  };

/** A prefix names one tenant's cases: another that has it is no way to begin. */
const onboard: MutationMaker<AnalystMutationArgs['onboardTenant']> = async (args, visit, requestId) => {
  const wanted = await agreed<AnalystMutationArgs['onboardTenant']>(
    ({ input: { policy, calendar, ...input } }, tenantId) => ({
      type: 'tenant.onboard',
      tenantId,
      ...input,
      policy: policy ? policyOf(policy) : null,
      calendar: calendar ?? null,
    }),
  )(args, visit, requestId);
  const { prefix } = args.input;
  const isTaken = wanted && isPrefixTaken(prefix, wanted.tenant, visit.settings.all());
  const refused = { code: 'PREFIX_TAKEN', message: `the case numbers of another customer begin with ${prefix}` };
  return isTaken ? { ...wanted, refused } : wanted;
};

/** Tenants, and what is agreed with them. */
export const tenantSettings = {
  queries: {
    tenants: (_parent, paging, { gate }) =>
      connection(gate.read(tenants), { sort: { tenantId: 1 } }, paging, item('Tenant')),
    tenant: (_parent, { id }, visit) => itemAt(visit, 'Tenant', tenantKey(id), tenantKey(id)),
  },
  mutations: {
    onboardTenant: onboard,
    setPolicy: proposed(({ policy }) => setPolicy(policy)),
    confirmPolicy: judged(({ proposalId }) => confirmPolicy(proposalId)),
    rejectPolicy: judged(({ proposalId, reason }) => rejectPolicy(proposalId, reason)),
    setContacts: agreed(({ contacts }) => ({ type: 'tenant.set-contacts', contacts })),
    setCalendar: proposed(({ calendar }) => ({ type: 'tenant.set-calendar', calendar })),
    setSla: agreed(({ targets }) => ({ type: 'tenant.set-sla', targets })),
    registerAssets: proposed(({ assets, identities }) => ({ type: 'tenant.register-assets', assets, identities })),
    setConnector: agreed(({ connector }) => ({ type: 'tenant.set-connector', connector })),
    offboardTenant: agreed(({ reason }) => ({ type: 'tenant.offboard', reason })),
  },
  types: {
    Tenant: {
      id: ({ tenant }: Item<TenantDoc>) => tenantNode(tenant),
      ...policyFields,
      ...registeredFields,
      sources: ({ tenant, sources }: Item<TenantDoc>) =>
        sources.map((source) => ({ ...source, topic: `ingest.${tenant}.${source.name}` })),
    },
  },
} satisfies AnalystSubject;
