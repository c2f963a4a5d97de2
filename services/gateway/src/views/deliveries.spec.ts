import type { Contact, DeliveryAttempted, DeliveryDue, DeliveryFact, DeliveryRequested } from '#contracts';
import { showing } from '#libs/testing';
import { deliveries } from './deliveries.js';

const about = { deliveryId: 'd', caseId: 'c', actionId: '', purpose: 'CASE' } as const;
const carol: Contact = {
  name: 'Carol',
  subject: 'carol',
  kind: 'INCIDENT',
  channel: 'phone',
  address: '+44 20 7946 0000',
  callWindow: '',
  language: 'EN',
};
const requested: DeliveryRequested = {
  type: 'delivery.requested',
  ...about,
  severity: 'HIGH',
  number: 1,
  title: 'T',
  contacts: [carol],
  nextContact: 0,
  nextAt: 1,
  round: 0,
  at: 1,
};
const due: DeliveryDue = {
  type: 'delivery.due',
  ...about,
  severity: 'HIGH',
  number: 1,
  title: 'T',
  turn: 1,
  contact: carol,
  at: 2,
};
const attempted = (outcome: DeliveryAttempted['outcome']): DeliveryAttempted => ({
  type: 'delivery.attempted',
  ...about,
  turn: 1,
  contact: 'carol',
  channel: 'phone',
  language: 'EN',
  outcome,
  said: 'x',
  by: null,
  nextContact: -1,
  nextAt: null,
  round: 0,
  at: 3,
});
const shown = (...facts: DeliveryFact[]) => showing(deliveries).of(...facts).d;

it('shows the call that somebody is to make, with the number', () =>
  expect(shown(requested, due)).toMatchObject({
    calling: true,
    call: { turn: 1, contact: 'Carol', phone: carol.address, since: 2 },
    delivered: null,
  }));
it('shows no call any more once something came of it, and nobody as told who was not', () =>
  expect(shown(requested, due, attempted('UNANSWERED'))).toMatchObject({
    calling: false,
    call: null,
    delivered: null,
    attempts: [{ outcome: 'UNANSWERED', said: 'x' }],
  }));
it('shows by which attempt somebody was told, and that the customer took note', () =>
  expect(
    shown(requested, due, attempted('ACCEPTED'), {
      type: 'delivery.acknowledged',
      ...about,
      by: { subject: 'carol', side: 'CUSTOMER' },
      at: 4,
    }),
  ).toMatchObject({ delivered: { turn: 1, at: 3 }, acknowledgedAt: 4, acknowledgedBy: { subject: 'carol' } }));
it('keeps the call to the next who is asked when one takes note', () =>
  expect(
    shown(
      requested,
      { ...attempted('ACCEPTED'), channel: 'mail', nextContact: 1 },
      { ...due, turn: 2 },
      { type: 'delivery.acknowledged', ...about, by: { subject: 'dan', side: 'CUSTOMER' }, at: 4 },
    ),
  ).toMatchObject({ calling: true, call: { turn: 2 }, acknowledgedAt: 4 }));
