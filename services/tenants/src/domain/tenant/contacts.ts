import type { Contact, TenantSetContacts, TenantFact, TenantPolicy, TenantPolicyProposed } from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';
import { same } from './checks.js';
import { contactsOf } from './registrations.js';
import type { TenantForm } from './state.js';

/** Whether silence lets something happen under this policy. */
const actsUnanswered = ({ escalateIfUnreachableAfterMinutes: minutes, unreachableClasses }: TenantPolicy): boolean =>
  (minutes ?? null) !== null && unreachableClasses.length > 0;

/** Who is asked to agree, in order, and each way in which they are reached. */
const asked = (contacts: readonly Contact[]) =>
  contacts
    .filter(({ kind, subject }) => kind === 'INCIDENT' && subject)
    .map(({ subject, channel, address, callWindow }) => [subject, channel, address, callWindow]);

const ended = (
  proposals: readonly TenantPolicyProposed[],
  stamp: { by: DecisionContext['actor']; at: number },
): TenantFact[] =>
  proposals
    .filter(({ policy, expiresAt }) => policy && actsUnanswered(policy) && expiresAt > stamp.at)
    .map(({ proposalId }) => ({
      type: 'tenant.policy-proposal-ended',
      proposalId,
      how: 'SUPERSEDED',
      reason: 'those who are asked have changed since',
      ...stamp,
    }));

/**
 * Whom to reach. Where silence lets something happen, whoever is asked decides by being asked: who was agreed on stays
 * first and is reached as before, unless the customer says otherwise. Others may be added behind.
 */
export const setContacts = (
  request: TenantSetContacts,
  { form, proposals }: TenantForm,
  context: DecisionContext,
): TenantFact[] => {
  const contacts = contactsOf(request.contacts);
  if (same(contacts, form.contacts)) return [];
  const [before, after] = [asked(form.contacts), asked(contacts)];
  const stay = same(after.slice(0, before.length), before);
  if (!stay && actsUnanswered(form.policy) && context.actor.side !== 'CUSTOMER') {
    throw new Refused(
      'actions may proceed when those who are asked do not answer, so these stay, in their order: let nothing proceed unanswered first, then have it agreed again',
      'CONTACTS_AGREED',
    );
  }
  const stamp = { by: context.actor, at: context.now };
  return [{ type: 'tenant.contacts-set', contacts, ...stamp }, ...(stay ? [] : ended(proposals, stamp))];
};
