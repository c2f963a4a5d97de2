import type { Contact, DeliverySend } from '#contracts';
import { isCall, isReached } from '#libs/terms';

/** Whoever is meant, and those of them whom this installation can tell, in the registered order. */
interface Whom {
  all: Contact[];
  contacts: Contact[];
}

const sameWord = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** The contacts that are who is to see to it: by subject, or by a name as people write it. */
const ownersOf = (contacts: readonly Contact[], owners: readonly string[]): Contact[] =>
  contacts.filter(({ subject, name }) =>
    owners.some((one) => one.trim() !== '' && (sameWord(one, subject) || sameWord(one, name))),
  );

/** Nobody is called up for a report or a reminder. */
const told = (all: Contact[], mayCall: boolean): Whom => ({
  all,
  contacts: all.filter(({ channel }) => isReached(channel) && (mayCall || !isCall(channel))),
});

/**
 * Who is told. Who is asked by subject is reached in every way that is registered for incidents; who is to see to a
 * recommendation in every way that is registered at all, and where that is nobody who can be told, the contacts for
 * incidents are.
 */
export const whomToTell = (
  { purpose, to = [] }: Pick<DeliverySend, 'purpose' | 'to'>,
  contacts: readonly Contact[],
): Whom => {
  if (purpose === 'REPORT')
    return told(
      contacts.filter(({ kind }) => kind === 'REPORT'),
      false,
    );
  const forIncidents = contacts.filter(({ kind }) => kind === 'INCIDENT');
  if (purpose === 'REMINDER') {
    const owners = told(ownersOf(contacts, to), false);
    return owners.contacts.length > 0 ? owners : told(forIncidents, false);
  }
  return told(
    forIncidents.filter(({ subject }) => to.length === 0 || to.includes(subject)),
    true,
  );
};
