import type { Contact, DeliveryAttempted, DeliveryDue, DeliveryRequested } from '#contracts';
import { THEN, idsOf, markOf } from './ids.js';

const contactOf = (text: string, channel: string): Contact => ({
  name: text,
  subject: text,
  kind: 'INCIDENT',
  channel,
  address: text,
  callWindow: '',
  language: 'EN',
});

/** A first attempt that failed, and a call that waits for somebody. */
export const deliveryFacts = (tenant: string) => {
  const { delivery: deliveryId, case: caseId } = idsOf(tenant);
  const text = markOf(tenant);
  const about = {
    deliveryId,
    caseId,
    actionId: '',
    purpose: 'CASE',
    severity: 'HIGH',
    number: 1001,
    title: text,
  } as const;
  return [
    {
      type: 'delivery.requested',
      ...about,
      contacts: [contactOf(text, 'mail'), contactOf(text, 'phone')],
      nextContact: 0,
      nextAt: THEN,
      round: 0,
      at: THEN,
    } satisfies DeliveryRequested,
    {
      type: 'delivery.attempted',
      deliveryId,
      caseId,
      actionId: '',
      purpose: 'CASE',
      turn: 1,
      contact: text,
      channel: 'mail',
      language: 'EN',
      outcome: 'REFUSED',
      said: text,
      by: null,
      nextContact: 1,
      nextAt: THEN,
      round: 0,
      at: THEN,
    } satisfies DeliveryAttempted,
    { type: 'delivery.due', ...about, turn: 2, contact: contactOf(text, 'phone'), at: THEN } satisfies DeliveryDue,
  ];
};

/** A reminder of advice, which reached somebody. */
export const reminderFacts = (tenant: string) => {
  const { reminder: deliveryId, case: caseId, recommendation: recommendationId } = idsOf(tenant);
  const text = markOf(tenant);
  const about = { deliveryId, caseId, actionId: '', purpose: 'REMINDER' } as const;
  return [
    {
      type: 'delivery.requested',
      ...about,
      recommendationId,
      severity: 'UNKNOWN',
      number: 0,
      title: text,
      contacts: [contactOf(text, 'mail')],
      nextContact: 0,
      nextAt: THEN,
      round: 0,
      at: THEN,
    } satisfies DeliveryRequested,
    {
      type: 'delivery.attempted',
      ...about,
      turn: 1,
      contact: text,
      channel: 'mail',
      language: 'EN',
      outcome: 'ACCEPTED',
      said: text,
      by: null,
      nextContact: -1,
      nextAt: null,
      round: 0,
      at: THEN,
    } satisfies DeliveryAttempted,
  ];
};
