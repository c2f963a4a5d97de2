import type { TenantConfirmPolicy, TenantFact, TenantPolicyProposed, TenantRejectPolicy } from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';
import { WEEK_MS } from '#libs/terms';
import { differenceOf, type PolicyDifference } from '../loosening/index.js';
import { same } from './checks.js';
import type { TenantForm } from './state.js';
import { changedTerms, settleTerms, type TenantChange } from './terms-change.js';

const OPEN_FOR_MS = WEEK_MS;
const OPEN_AT_MOST = 20;

const proposed = (
  { form, proposals }: TenantForm,
  change: TenantChange,
  difference: PolicyDifference,
  { actor: by, now: at, requestId: proposalId }: DecisionContext,
): TenantFact[] => {
  const open = proposals.filter(({ expiresAt }) => expiresAt > at);
  const contentOf = ({ policy, calendar, assets, identities }: TenantChange): unknown => [
    policy ? { ...policy, version: 0 } : null,
    calendar ?? null,
    assets,
    identities,
  ];
  if (open.some((one) => same(contentOf(one), contentOf(change))))
    throw new Refused(
      "it is proposed already: it needs the word of another of the provider, or of the customer's admin",
      'PROPOSED_ALREADY',
    );
  if (open.length >= OPEN_AT_MOST)
    throw new Refused(
      `${OPEN_AT_MOST} proposals wait already: agree to them or reject them first`,
      'TOO_MANY_PROPOSALS',
    );
  const { policy = null, calendar = null, assets, identities } = change;
  return [
    {
      type: 'tenant.policy-proposed',
      proposalId,
      policy,
      calendar,
      assets,
      identities,
      ...difference,
      policyVersion: form.policy.version,
      expiresAt: at + OPEN_FOR_MS,
      by,
      at,
    },
  ];
};

/**
 * A change of what may be done. What lets nothing more happen holds at once, whoever asks, and so does all that the
 * customer says; the provider's person alone can only propose to let more happen.
 */
export const askToChange = (change: TenantChange, state: TenantForm, context: DecisionContext): TenantFact[] => {
  const terms = changedTerms(state, change);
  const difference = differenceOf(state.form, terms);
  const mayAlone = context.actor.side === 'CUSTOMER' || difference.looser.length === 0;
  if (mayAlone) return settleTerms(state, terms, difference, context);
  // What was asked, in its checked form, so that the same is known again.
  const { policy, calendar } = terms;
  return proposed(
    state,
    { ...change, policy: change.policy ? policy : null, calendar: change.calendar ? calendar : null },
    difference,
    context,
  );
};

const openProposal = (
  { proposals }: TenantForm,
  wanted: string,
  { actor, now }: DecisionContext,
): TenantPolicyProposed => {
  if (actor.side === 'SYSTEM') throw new Refused('only people agree to what may be done', 'PEOPLE_ONLY');
  const proposal = proposals.find(({ proposalId }) => proposalId === wanted);
  if (!proposal) throw new Refused('there is no such proposal, or no longer', 'NO_PROPOSAL');
  if (proposal.expiresAt <= now)
    throw new Refused('the proposal has waited too long: propose it again', 'PROPOSAL_EXPIRED');
  return proposal;
};

/** Two spellings of a subject count as one person: the rule wants two people. */
const isProposer = ({ by }: TenantPolicyProposed, { actor }: DecisionContext): boolean =>
  actor.side === by.side && actor.subject.trim().toLowerCase() === by.subject.trim().toLowerCase();

/** The second word. It holds for what the proposal said would become looser, and for nothing more. */
export const confirm = (
  { proposalId }: TenantConfirmPolicy,
  state: TenantForm,
  context: DecisionContext,
): TenantFact[] => {
  const proposal = openProposal(state, proposalId, context);
  if (isProposer(proposal, context))
    throw new Refused(
      "who proposes it cannot agree to it: it needs the word of another of the provider, or of the customer's admin",
      'SAME_PERSON',
    );
  const terms = changedTerms(state, proposal);
  const difference = differenceOf(state.form, terms);
  const moved =
    proposal.policyVersion !== state.form.policy.version ||
    difference.looser.some((one) => !proposal.looser.includes(one));
  if (moved) throw new Refused('what is agreed has changed since it was proposed: propose it again', 'PROPOSAL_STALE');
  return [
    ...settleTerms(state, terms, difference, context, proposal),
    { type: 'tenant.policy-proposal-ended', proposalId, how: 'AGREED', reason: '', by: context.actor, at: context.now },
  ];
};

/** Turns a proposal down, or takes one's own back. */
export const reject = (
  { proposalId, reason }: TenantRejectPolicy,
  state: TenantForm,
  context: DecisionContext,
): TenantFact[] => {
  const proposal = openProposal(state, proposalId, context);
  if (reason.length > 500) throw new Refused('the reason has more than 500 characters', 'REASON_WRONG');
  return [
    {
      type: 'tenant.policy-proposal-ended',
      proposalId,
      how: isProposer(proposal, context) ? 'WITHDRAWN' : 'REJECTED',
      reason: reason.trim(),
      by: context.actor,
      at: context.now,
    },
  ];
};
