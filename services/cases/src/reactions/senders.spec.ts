import type { DeliveryAttempted, DeliveryDelivered } from '#contracts';
import { hearing, standIn } from '#libs/testing';
import { OPERATOR } from '#libs/terms';
import { followSender } from './senders.js';

const tried = (channel: string, outcome: DeliveryAttempted['outcome'], deliveryId = 'd') =>
  hearing(followSender).of(
    standIn<DeliveryAttempted>({ type: 'delivery.attempted', deliveryId, channel, outcome, at: 1 }),
    { tenant: deliveryId },
  ).asked;
const observed = (asked: ReturnType<typeof tried>) =>
  asked.map(({ tenant, request: { check, subject, isPresent } }) => [tenant, check, subject, isPresent]);

it('that no mail can be sent is something of the installation, one for all tenants and deliveries', () => {
  expect(observed(tried('mail', 'NO_SENDER'))).toEqual([[OPERATOR, 'NO_SENDER', 'mail', true]]);
  expect(tried('mail', 'NO_SENDER', 'acme')).toEqual(tried('mail', 'NO_SENDER', 'globex'));
});
it('a server that is away, or a webhook that a tenant does not keep, is none', () => {
  expect(tried('mail', 'NOT_MADE')).toEqual([]);
  expect(tried('webhook', 'NO_SENDER')).toEqual([]);
});
it('it ends when a mail was taken, and by nothing else', () => {
  const delivered = (channel: string) =>
    hearing(followSender).of(standIn<DeliveryDelivered>({ type: 'delivery.delivered', channel, at: 2 })).asked;
  expect(observed(delivered('mail'))).toEqual([[OPERATOR, 'NO_SENDER', 'mail', false]]);
  expect(delivered('phone')).toEqual([]);
});
