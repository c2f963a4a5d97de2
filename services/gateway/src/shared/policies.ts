import type { PolicyExclusion, PolicyOverride, ResponseMode } from '#contracts';
import type { Typed } from '#libs/model';
import { Refused } from '#libs/model';
import type { Outcome } from '../asking/question.js';
import type { Item, Visit } from '../reading/visit.js';
import type { PoliciesDoc, ProposalDoc } from '../views/policies.js';
import type { TenantDoc } from '../views/tenants.js';

export interface PolicyInput {
  mode: ResponseMode;
  approvalMinutes: number;
  escalateIfUnreachableAfterMinutes?: number | null;
  unreachableClasses: string[];
  overrides: PolicyOverride[];
  exclusions: PolicyExclusion[];
}

/** The version is for the service to count. */
export const policyOf = (policy: PolicyInput) => ({ version: 0, ...policy });
export const policyRequests = {
  set: (policy: PolicyInput): Typed & { policy: unknown } => ({ type: 'tenant.set-policy', policy: policyOf(policy) }),
  confirm: (proposalId: string): Typed & { proposalId: string } => ({ type: 'tenant.confirm-policy', proposalId }),
  reject: (proposalId: string, reason: string): Typed & { proposalId: string; reason: string } => ({
    type: 'tenant.reject-policy',
    proposalId,
    reason,
  }),
};

const docOf = async ({ gate }: Visit, tenant: string): Promise<PoliciesDoc> =>
  (await gate.read<PoliciesDoc>('policies', [tenant]).get(tenant)) ?? { proposals: [], changes: [] };

const waiting = ({ proposals }: PoliciesDoc, now: number): ProposalDoc[] =>
  proposals.filter(({ expiresAt }) => expiresAt > now);

/** Fields of Tenant that are the same in both schemas. */
export const policyFields = {
  policyProposals: async ({ tenant }: Item<TenantDoc>, _args: unknown, visit: Visit) =>
    waiting(await docOf(visit, tenant), visit.now())
      .reverse()
      .map(({ proposalId: id, by: proposedBy, at: proposedAt, ...rest }) => ({ id, proposedBy, proposedAt, ...rest })),
  policyChanges: async ({ tenant }: Item<TenantDoc>, { first }: { first: number }, visit: Visit) => {
    if (first < 1 || first > 200) throw new Refused('first is 1 to 200', 'BAD_LIMIT');
    return (await docOf(visit, tenant)).changes.slice(-first).reverse();
  },
};

/** Says so when what was asked waits for a second person's word: who asked must not believe that it holds. */
export const orProposed = async (outcome: Outcome, visit: Visit, tenant: string): Promise<Outcome> => {
  if (!outcome.ok) return outcome;
  const proposal = waiting(await docOf(visit, tenant), visit.now()).find(
    ({ proposalId }) => proposalId === outcome.requestId,
  );
  if (!proposal) return outcome;
  const message = `it lets more happen, so it waits for the word of another of the provider, or of the customer's admin, until ${new Date(proposal.expiresAt).toISOString()}: ${proposal.looser.join('; ')}`;
  return { ...outcome, code: 'PROPOSED', message };
};
