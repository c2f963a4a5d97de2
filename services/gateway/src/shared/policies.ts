import type { TenantConfirmPolicy, TenantPolicy, TenantRejectPolicy, TenantSetPolicy } from '#contracts';
import { Refused } from '#libs/model';
import { explainDecision } from '#libs/policy';
import { STANDARD_GUARDS } from '#libs/terms';
import type { MutationOutcome } from '../asking/ask.js';
import { shownBy, shownByBoth, TENANT_FORM, type ShownIn } from '../asking/shown-in.js';
import type { AnalystTenantArgs } from '../generated/analyst.js';
import type { PolicyInput } from '../generated/shared.js';
import type { Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { policies, type PoliciesDoc, type ProposalDoc } from '../views/policies.js';
import type { TenantDoc } from '../views/tenants.js';
import { registeredOf } from './registered.js';

/** The version is for the service to count. */
export const policyOf = (policy: PolicyInput): TenantPolicy => ({ version: 0, ...policy });
/** A document kept since before policies named their guards shows those that hold. */
const withGuards = (policy: TenantPolicy): TenantPolicy => ({
  ...policy,
  guards: { ...STANDARD_GUARDS, ...policy.guards },
});
export const setPolicy = (policy: PolicyInput): TenantSetPolicy => ({
  type: 'tenant.set-policy',
  policy: policyOf(policy),
});
export const confirmPolicy = (proposalId: string): TenantConfirmPolicy => ({
  type: 'tenant.confirm-policy',
  proposalId,
});
export const rejectPolicy = (proposalId: string, reason: string): TenantRejectPolicy => ({
  type: 'tenant.reject-policy',
  proposalId,
  reason,
});

/** What lets more happen may be in force afterwards, or proposed: the view of policies says which. */
export const shownByPolicies = (tenant: string): ShownIn => shownByBoth(TENANT_FORM, shownBy(policies, tenant));

const docOf = async ({ gate }: Visit, tenant: string): Promise<PoliciesDoc> =>
  (await gate.read(policies, [tenant]).get(tenant)) ?? { proposals: [], changes: [] };

const waiting = ({ proposals }: PoliciesDoc, now: number): ProposalDoc[] =>
  proposals.filter(({ expiresAt }) => expiresAt > now);

/** Fields of Tenant that are the same in both schemas. */
export const policyFields = {
  policy: ({ policy }: Item<TenantDoc>) => withGuards(policy),
  policyProposals: async ({ tenant }: Item<TenantDoc>, _args: object, visit: Visit) =>
    waiting(await docOf(visit, tenant), visit.now())
      .reverse()
      .map(({ proposalId: id, by: proposedBy, at: proposedAt, policy, ...rest }) => ({
        id,
        proposedBy,
        proposedAt,
        policy: policy ? withGuards(policy) : null,
        ...rest,
      })),
  explainDecision: (
    settings: Item<TenantDoc>,
    { at, ...question }: AnalystTenantArgs['explainDecision'],
    visit: Visit,
  ) => {
    const { assets, identities } = registeredOf(settings, visit);
    return explainDecision(
      { ...settings, assets, identities, policy: withGuards(settings.policy) },
      { ...question, at: at ?? visit.now() },
    );
  },
  policyChanges: async ({ tenant }: Item<TenantDoc>, { first }: AnalystTenantArgs['policyChanges'], visit: Visit) => {
    if (first < 1 || first > 200) throw new Refused('first is 1 to 200', 'BAD_LIMIT');
    return (await docOf(visit, tenant)).changes.slice(-first).reverse();
  },
};

/** Says so when what was asked waits for a second person's word: who asked must not believe that it holds. */
export const orProposed = async (outcome: MutationOutcome, visit: Visit, tenant: string): Promise<MutationOutcome> => {
  if (!outcome.ok) return outcome;
  const proposal = waiting(await docOf(visit, tenant), visit.now()).find(
    ({ proposalId }) => proposalId === outcome.requestId,
  );
  if (!proposal) return outcome;
  const until = new Date(proposal.expiresAt).toISOString();
  const message = `it lets more happen, so it waits for the word of another of the provider, or of the customer's admin, until ${until}: ${proposal.looser.join('; ')}`;
  return { ...outcome, code: 'PROPOSED', message };
};
