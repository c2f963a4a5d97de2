import type { Contact, TenantState } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import { nameOf } from './context.js';
import { opensAt } from './next-turn.js';

/** How late a message that is due may leave: what it says may be settled since. */
const LATEST_MS = HOUR_MS;

/** The contact as it is registered now, by another address perhaps; undefined when it is none any more. */
export const registered = (contact: Contact, settings: TenantState | undefined): Contact | undefined => {
  if (!settings?.active) return undefined;
  const same = settings.contacts.filter(
    (one) => one.kind === contact.kind && one.channel === contact.channel && nameOf(one) === nameOf(contact),
  );
  return same.find(({ address }) => address === contact.address) ?? same[0];
};

/**
 * Why the contact is not told now; undefined when it may be.
 * @param dueAt epoch ms: since when the message waits
 */
export const hindrance = (
  contact: Contact,
  settings: TenantState | undefined,
  { now, dueAt }: { now: number; dueAt: number },
): string | undefined => {
  if (!settings?.active) return 'not sent: the tenant is not served any more';
  const current = registered(contact, settings);
  if (!current) return `not sent: ${nameOf(contact)} is no contact any more`;
  if (opensAt(current.callWindow, now, settings.timeZone) > now) return 'not sent: outside the call window by then';
  return now > dueAt + LATEST_MS ? 'not sent: it was due more than an hour before' : undefined;
};
