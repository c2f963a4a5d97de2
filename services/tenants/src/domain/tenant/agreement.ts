import type { TenantConfirmPolicy, TenantRejectPolicy, TenantFact, TenantPolicyProposed } from '#contracts';
import { Refused, type Known } from '#libs/model';
import { differenceOf, SENTENCES, type PolicyDifference, type TenantTerms } from '../loosening/index.js';
import { calendarOf } from './calendar.js';
import { assetsOf, identitiesOf } from './registrations.js';
import { policyOf } from './policy.js';
import type { TenantForm } from './state.js';

/** What somebody asks to change of what decides what may be done to what. */
export type TenantChange = Pick<TenantPolicyProposed, 'policy' | 'calendar' | 'assets' | 'identities'>;
export const noChange: TenantChange = { policy: null, calendar: null, assets: [], identities: [] };

const OPEN_FOR_MS = 7 * 86_400_000;
const OPEN_AT_MOST = 20;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The terms with the change, checked. @throws Refused when something of it cannot be. */
const changed = ({ form }: TenantForm, change: TenantChange): TenantTerms => ({
  policy: change.policy ? policyOf(change.policy, form.policy.version + 1) : form.policy,
  calendar: change.calendar ? calendarOf(change.calendar) : form.calendar,
  assets: assetsOf(form.assets, change.assets),
  identities: identitiesOf(form.identities, change.identities),
});

const ended = (
  { proposalId }: TenantPolicyProposed,
  reason: string | undefined,
  stamp: { by: Known['actor']; at: number },
): TenantFact[] =>
  reason === undefined
    ? []
    : [{ type: 'tenant.policy-proposal-ended', proposalId, how: 'SUPERSEDED', reason, ...stamp }];

/**
 * Why a proposal comes to nothing with a change, if so: whoever agrees must find what there was when it was proposed. A
 * proposal says in sentences what it lets happen; those of a calendar do not name the hours, those of a policy not the
 * hosts in a group, and of many only some are told.
 */
const superseded =
  (form: TenantForm['form'], terms: TenantTerms) =>
  (proposal: TenantPolicyProposed): string | undefined => {
    const { policy, calendar, looser } = proposal;
    const moved = !same([terms.assets, terms.identities], [form.assets, form.identities]);
    if (!same({ ...terms.policy, version: 0 }, { ...form.policy, version: 0 })) return 'the policy has changed since';
    if (calendar && !same(terms.calendar, form.calendar)) return 'the calendar has changed since';
    if (policy && differenceOf({ ...form, policy }, { ...terms, policy }).looser.length > 0)
      return 'what it would let happen has grown since';
    return moved && looser.length > SENTENCES ? 'hosts or people have changed since' : undefined;
  };

/** The change as facts; none when everything is so already. Proposals that were made of other terms come to nothing. */
const settled = (
  { form, proposals }: TenantForm,
  terms: TenantTerms,
  difference: PolicyDifference,
  known: Known,
  agreed?: TenantPolicyProposed,
): TenantFact[] => {
  const stamp = { by: known.actor, at: known.now };
  const { policy, calendar, assets, identities } = terms;
  const facts: TenantFact[] = [];
  if (!same({ ...policy, version: 0 }, { ...form.policy, version: 0 })) {
    facts.push({
      type: 'tenant.policy-set',
      policy,
      ...difference,
      proposalId: agreed?.proposalId ?? null,
      proposedBy: agreed?.by ?? null,
      ...stamp,
    });
  }
  if (!same(calendar, form.calendar)) facts.push({ type: 'tenant.calendar-set', calendar, ...stamp });
  if (!same([assets, identities], [form.assets, form.identities]))
    facts.push({ type: 'tenant.assets-registered', assets, identities, ...stamp });
  const others = proposals.filter(
    ({ proposalId, expiresAt }) => proposalId !== agreed?.proposalId && expiresAt > known.now,
  );
  const why = superseded(form, terms);
  return [...facts, ...others.flatMap((one) => ended(one, why(one), stamp))];
};

const proposed = (
  { form, proposals }: TenantForm,
  change: TenantChange,
  difference: PolicyDifference,
  { actor: by, now: at, requestId: proposalId }: Known,
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
export const ask = (change: TenantChange, state: TenantForm, known: Known): TenantFact[] => {
  const terms = changed(state, change);
  const difference = differenceOf(state.form, terms);
  const mayAlone = known.actor.side === 'CUSTOMER' || difference.looser.length === 0;
  if (mayAlone) return settled(state, terms, difference, known);
  // What was asked, in its checked form, so that the same is known again.
  const { policy, calendar } = terms;
  return proposed(
    state,
    { ...change, policy: change.policy ? policy : null, calendar: change.calendar ? calendar : null },
    difference,
    known,
  );
};

const openProposal = ({ proposals }: TenantForm, wanted: string, { actor, now }: Known): TenantPolicyProposed => {
  if (actor.side === 'SYSTEM') throw new Refused('only people agree to what may be done', 'PEOPLE_ONLY');
  const proposal = proposals.find(({ proposalId }) => proposalId === wanted);
  if (!proposal) throw new Refused('there is no such proposal, or no longer', 'NO_PROPOSAL');
  if (proposal.expiresAt <= now)
    throw new Refused('the proposal has waited too long: propose it again', 'PROPOSAL_EXPIRED');
  return proposal;
};

/** Two spellings of a subject count as one person: the rule wants two people. */
const isProposer = ({ by }: TenantPolicyProposed, { actor }: Known): boolean =>
  actor.side === by.side && actor.subject.trim().toLowerCase() === by.subject.trim().toLowerCase();

/** The second word. It holds for what the proposal said would become looser, and for nothing more. */
export const confirm = ({ proposalId }: TenantConfirmPolicy, state: TenantForm, known: Known): TenantFact[] => {
  const proposal = openProposal(state, proposalId, known);
  if (isProposer(proposal, known))
    throw new Refused(
      "who proposes it cannot agree to it: it needs the word of another of the provider, or of the customer's admin",
      'SAME_PERSON',
    );
  const terms = changed(state, proposal);
  const difference = differenceOf(state.form, terms);
  const moved =
    proposal.policyVersion !== state.form.policy.version ||
    difference.looser.some((one) => !proposal.looser.includes(one));
  if (moved) throw new Refused('what is agreed has changed since it was proposed: propose it again', 'PROPOSAL_STALE');
  return [
    ...settled(state, terms, difference, known, proposal),
    { type: 'tenant.policy-proposal-ended', proposalId, how: 'AGREED', reason: '', by: known.actor, at: known.now },
  ];
};

/** Turns a proposal down, or takes one's own back. */
export const reject = ({ proposalId, reason }: TenantRejectPolicy, state: TenantForm, known: Known): TenantFact[] => {
  const proposal = openProposal(state, proposalId, known);
  if (reason.length > 500) throw new Refused('the reason has more than 500 characters', 'REASON_WRONG');
  return [
    {
      type: 'tenant.policy-proposal-ended',
      proposalId,
      how: isProposer(proposal, known) ? 'WITHDRAWN' : 'REJECTED',
      reason: reason.trim(),
      by: known.actor,
      at: known.now,
    },
  ];
};
