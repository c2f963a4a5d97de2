import type { Contact, DeliverySend } from '#contracts';
import { cut, Refused } from '#libs/model';
import { isCall, isReached } from '#libs/terms';
import { nameOf, TEXT, type DeliveryDecision } from './context.js';
import { nextTurn } from './next-turn.js';

/** Who is asked by subject is reached in every way that is registered for incidents, in the registered order. */
const chosen = (contacts: readonly Contact[], to: readonly string[], called: Contact['kind']): Contact[] =>
  contacts.filter(({ kind, subject }) => kind === called && (to.length === 0 || to.includes(subject)));

const nobody = (all: readonly Contact[]): string =>
  all.length === 0
    ? 'no contact to tell is registered'
    : `${all.map((one) => `${nameOf(one)} (${one.channel})`).join(', ')}: reached by hand only`;

/** Whom to tell, in order, as the tenant's contacts are now. */
export const send: DeliveryDecision<DeliverySend> = (request, { requested }, { now, settings }) => {
  if (requested) return [];
  if (!settings) throw new Refused('there is no such tenant', 'NO_SUCH_TENANT');
  const { to, type: _type, ...about } = request;
  const isReport = request.purpose === 'REPORT';
  const all = chosen(settings.contacts, to ?? [], isReport ? 'REPORT' : 'INCIDENT');
  // Nobody is called up for a report.
  const contacts = all.filter(({ channel }) => isReached(channel) && !(isReport && isCall(channel)));
  const { deliveryId, caseId, actionId, purpose } = request;
  const next = nextTurn({ deliveryId, since: now, contacts, tried: [] }, { now, zone: settings.timeZone });
  const unreached = { deliveryId, caseId, actionId, purpose, reason: nobody(all), at: now };
  return [
    {
      ...about,
      title: cut(about.title, TEXT),
      type: 'delivery.requested',
      contacts,
      nextContact: next?.contact ?? -1,
      nextAt: next?.at ?? null,
      round: 0,
      at: now,
    },
    ...(next ? [] : [{ type: 'delivery.failed' as const, ...unreached }]),
  ];
};
