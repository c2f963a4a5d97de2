import type { TenantFact, TenantPolicyProposed } from '#contracts';
import type { DecisionContext } from '#libs/model';
import {
  type AssetsAndIdentities,
  differenceOf,
  MOST_SENTENCES,
  type PolicyDifference,
  type TenantTerms,
} from '../loosening/index.js';
import { calendarOf } from './calendar.js';
import { same } from './checks.js';
import { newIn } from './in-place.js';
import { isPaged } from './pages.js';
import { policyOf } from './policy.js';
import { assetsOf, identitiesOf } from './registrations.js';
import type { TenantForm } from './state.js';

/** What somebody asks to change of what decides what may be done to what. */
export type TenantChange = Pick<TenantPolicyProposed, 'policy' | 'calendar' | 'assets' | 'identities'>;
export const noChange: TenantChange = { policy: null, calendar: null, assets: [], identities: [] };

/** The terms with the change, checked. @throws Refused when something of it cannot be. */
export const changedTerms = ({ form }: TenantForm, change: TenantChange): TenantTerms => ({
  policy: change.policy ? policyOf(change.policy, form.policy.version + 1) : form.policy,
  calendar: change.calendar ? calendarOf(change.calendar) : form.calendar,
  assets: assetsOf(form.assets, change.assets),
  identities: identitiesOf(form.identities, change.identities),
});

const ended = (
  { proposalId }: TenantPolicyProposed,
  reason: string | undefined,
  stamp: { by: DecisionContext['actor']; at: number },
): TenantFact[] =>
  reason === undefined
    ? []
    : [{ type: 'tenant.policy-proposal-ended', proposalId, how: 'SUPERSEDED', reason, ...stamp }];

/** Lists are the same objects until something in them is said otherwise. */
const isMoved = (form: AssetsAndIdentities, terms: AssetsAndIdentities): boolean =>
  terms.assets !== form.assets || terms.identities !== form.identities;

const registered = (
  form: TenantForm['form'],
  { assets, identities }: AssetsAndIdentities,
  stamp: { by: DecisionContext['actor']; at: number },
): TenantFact =>
  isPaged(form, { assets, identities })
    ? {
        type: 'tenant.assets-changed',
        assets: newIn(assets, form.assets),
        identities: newIn(identities, form.identities),
        ...stamp,
      }
    : { type: 'tenant.assets-registered', assets, identities, ...stamp };

/**
 * Why a proposal comes to nothing with a change, if so: whoever agrees must find what there was when it was proposed. A
 * proposal says in sentences what it lets happen; those of a calendar do not name the hours, those of a policy not the
 * hosts in a group, and of many only some are told.
 */
const superseded =
  (form: TenantForm['form'], terms: TenantTerms) =>
  (proposal: TenantPolicyProposed): string | undefined => {
    const { policy, calendar, looser } = proposal;
    const moved = isMoved(form, terms);
    if (!same({ ...terms.policy, version: 0 }, { ...form.policy, version: 0 })) return 'the policy has changed since';
    if (calendar && !same(terms.calendar, form.calendar)) return 'the calendar has changed since';
    if (policy && differenceOf({ ...form, policy }, { ...terms, policy }).looser.length > 0)
      return 'what it would let happen has grown since';
    return moved && looser.length > MOST_SENTENCES ? 'hosts or people have changed since' : undefined;
  };

/** The change as facts; none when everything is so already. Proposals that were made of other terms come to nothing. */
export const settleTerms = (
  { form, proposals }: TenantForm,
  terms: TenantTerms,
  difference: PolicyDifference,
  context: DecisionContext,
  agreed?: TenantPolicyProposed,
): TenantFact[] => {
  const stamp = { by: context.actor, at: context.now };
  const { policy, calendar } = terms;
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
  if (isMoved(form, terms)) facts.push(registered(form, terms, stamp));
  const others = proposals.filter(
    ({ proposalId, expiresAt }) => proposalId !== agreed?.proposalId && expiresAt > context.now,
  );
  const why = superseded(form, terms);
  return [...facts, ...others.flatMap((one) => ended(one, why(one), stamp))];
};
