import type { DeliverySend } from '#contracts';
import { cut, Refused } from '#libs/model';
import { nameOf, TEXT, type DeliveryDecision } from './context.js';
import { nextTurn } from './next-turn.js';
import { whomToTell } from './whom.js';

const nobody = (all: ReturnType<typeof whomToTell>['all']): string =>
  all.length === 0
    ? 'no contact to tell is registered'
    : `${all.map((one) => `${nameOf(one)} (${one.channel})`).join(', ')}: reached by hand only`;

/** Whom to tell, in order, as the tenant's contacts are now. */
export const send: DeliveryDecision<DeliverySend> = (request, { requested }, { now, settings }) => {
  if (requested) return [];
  if (!settings) throw new Refused('there is no such tenant', 'NO_SUCH_TENANT');
  const { to: _to, type: _type, ...about } = request;
  const { all, contacts } = whomToTell(request, settings.contacts);
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
