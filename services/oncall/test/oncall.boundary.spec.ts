import type { DeliveryAttempted, DeliveryDelivered, DeliveryFailed } from '#contracts';
import { startWorld, type World } from '#libs/testing';
import { oncall } from '../src/oncall.module.js';
import { startMailServer, type TestMailServer } from './mail-server.js';
import { contactOf, sendOf, tenantWith } from './samples.js';

const MINUTE = 60_000;
let world: World;
let server: TestMailServer;
const cases = { actor: { subject: 'cases', side: 'SYSTEM' as const } };
const heard = <M extends { type: string }>(type: M['type'], tenant: string, id: string) =>
  world
    .heard<M & { deliveryId: string }>(type, tenant)
    .map(({ message }) => message)
    .filter(({ deliveryId }) => deliveryId === id);
const told = (tenant: string, id: string) =>
  world.until('a delivery', () => heard<DeliveryDelivered>('delivery.delivered', tenant, id)[0]);

beforeAll(async () => {
  server = await startMailServer();
  world = await startWorld([oncall], { environment: { oncall: { SMTP_URL: server.url } } });
  await world.say('acme', tenantWith('acme', [contactOf('carol')]));
  await world.say('globex', tenantWith('globex', [contactOf('dan', { address: 'later@globex.example' })]));
  await world.say('phones', tenantWith('phones', [contactOf('eve', { channel: 'phone' })]));
});
afterAll(async () => {
  await world?.stop();
  await server?.stop();
});

it('tells the own contact by a mail that was taken', async () => {
  expect(await world.ask('acme', sendOf('a'), cases)).toMatchObject({ outcome: 'DONE' });
  expect(await told('acme', 'a')).toMatchObject({
    contact: 'carol',
    channel: 'mail',
    said: expect.stringMatching(/^250/),
  });
  expect(server.taken.map(({ to }) => to)).toEqual(['takes@carol.example']);
});

it('asked twice, tells once', async () =>
  expect(await world.ask('acme', sendOf('a'), cases)).toMatchObject({ outcome: 'UNCHANGED' }));

it('says with the reason that nobody could be told', async () => {
  await world.ask('phones', sendOf('p'), cases);
  const failed = await world.until('a failure', () => heard<DeliveryFailed>('delivery.failed', 'phones', 'p')[0]);
  expect(failed.reason).toContain('eve (phone)');
});

it('tries again within a minute, also after a restart', async () => {
  await world.ask('globex', sendOf('g'), cases);
  await world.until('an attempt', () => heard<DeliveryAttempted>('delivery.attempted', 'globex', 'g')[0]);
  await world.restart('oncall');
  world.clock.advance(MINUTE);
  await world.until('a second attempt', () => heard<DeliveryAttempted>('delivery.attempted', 'globex', 'g')[1]);
  expect(heard('delivery.delivered', 'globex', 'g')).toEqual([]);
});

it('sends nothing when everything is delivered once more', async () => {
  await world.rewind('oncall', 'effects');
  await world.rewind('oncall', 'reactions');
  await world.ask('acme', sendOf('after'), cases);
  await told('acme', 'after');
  expect(server.taken).toHaveLength(2);
  expect(world.deadLetters('oncall')).toEqual([]);
});
