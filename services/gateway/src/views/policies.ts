import type {
  Actor,
  TenantAssetsChanged,
  TenantAssetsRegistered,
  TenantCalendarSet,
  TenantPolicyProposalEnded,
  TenantPolicyProposed,
  TenantPolicySet,
} from '#contracts';
import type { View } from '#libs/model';

export type PolicyFact =
  | TenantPolicySet
  | TenantPolicyProposed
  | TenantPolicyProposalEnded
  | TenantAssetsChanged
  | TenantAssetsRegistered
  | TenantCalendarSet;

export type ProposalDoc = Pick<
  TenantPolicyProposed,
  'proposalId' | 'policy' | 'looser' | 'tighter' | 'by' | 'at' | 'expiresAt'
>;

export interface PolicyChangeDoc {
  outcome: 'IN_FORCE' | 'REJECTED' | 'WITHDRAWN' | 'SUPERSEDED';
  version: number | null;
  looser: string[];
  tighter: string[];
  by: Actor;
  at: number;
  proposalId: string | null;
  proposedBy: Actor | null;
  proposedAt: number | null;
  reason: string;
}

/** What waits for a second word, and what became of the policy: newest last. */
export interface PoliciesDoc {
  proposals: ProposalDoc[];
  changes: PolicyChangeDoc[];
}

/** Changes kept; the facts themselves are kept for ever. */
const KEPT = 200;

const begun = (
  { proposals, changes }: PoliciesDoc,
  { proposalId, policy, looser, tighter, by, at, expiresAt }: TenantPolicyProposed,
): PoliciesDoc => ({
  proposals: [
    ...proposals.filter((one) => one.expiresAt > at),
    { proposalId, policy: policy ?? null, looser, tighter, by, at, expiresAt },
  ],
  changes,
});

const set = (
  { proposals, changes }: PoliciesDoc,
  { policy, looser, tighter, by, at, proposalId, proposedBy }: TenantPolicySet,
): PoliciesDoc => {
  const proposal = proposals.find((one) => one.proposalId === proposalId);
  return {
    proposals,
    changes: [
      ...changes,
      {
        outcome: 'IN_FORCE',
        version: policy.version,
        looser,
        tighter,
        by,
        at,
        proposalId: proposalId ?? null,
        proposedBy: proposedBy ?? null,
        proposedAt: proposal?.at ?? null,
        reason: '',
      },
    ],
  };
};

/** A policy that was agreed to has been told when it was set. */
const ended = (
  { proposals, changes }: PoliciesDoc,
  { proposalId, how, reason, by, at }: TenantPolicyProposalEnded,
): PoliciesDoc => {
  const proposal = proposals.find((one) => one.proposalId === proposalId);
  const rest = proposals.filter((one) => one !== proposal);
  if (!proposal || (how === 'AGREED' && proposal.policy)) return { proposals: rest, changes };
  const { looser, tighter, by: proposedBy, at: proposedAt } = proposal;
  return {
    proposals: rest,
    changes: [
      ...changes,
      {
        outcome: how === 'AGREED' ? 'IN_FORCE' : how,
        version: null,
        looser,
        tighter,
        by,
        at,
        proposalId,
        proposedBy,
        proposedAt,
        reason,
      },
    ],
  };
};

const changed = (doc: PoliciesDoc, message: PolicyFact): PoliciesDoc => {
  switch (message.type) {
    case 'tenant.policy-proposed':
      return begun(doc, message);
    case 'tenant.policy-set':
      return set(doc, message);
    case 'tenant.policy-proposal-ended':
      return ended(doc, message);
    // Heard for its place in the stream alone: who waits for such a change waits for this view.
    case 'tenant.assets-changed':
    case 'tenant.assets-registered':
    case 'tenant.calendar-set':
      return doc;
  }
};

/** One document a tenant, by its id. */
export const policies: View<PoliciesDoc, PolicyFact> = {
  name: 'policies',
  hears: [
    'tenant.policy-set',
    'tenant.policy-proposed',
    'tenant.policy-proposal-ended',
    'tenant.assets-changed',
    'tenant.assets-registered',
    'tenant.calendar-set',
  ],
  keys: ({ envelope }) => [envelope.tenant],
  show: (doc, { message }) => {
    const { proposals, changes } = changed(doc ?? { proposals: [], changes: [] }, message);
    return { proposals, changes: changes.slice(-KEPT) };
  },
};
