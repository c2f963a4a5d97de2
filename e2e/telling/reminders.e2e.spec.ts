import type {
  CaseCustomerNotified,
  DeliveryDelivered,
  RecommendationGive,
  RecommendationReminderDue,
} from '#contracts';
import { DAY_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { cases } from '../../services/cases/src/cases.module.js';
import { oncall } from '../../services/oncall/src/oncall.module.js';
import { startMailServer, type TestMailServer } from '../../services/oncall/test/mail-server.js';
import { contactOf, tenantWith } from '../../services/oncall/test/samples.js';

/** What was recommended is mailed to who is to see to it when its time comes, once, and until it is done. */

const TENANTS = ['acme', 'globex'];
const carol = { actor: { subject: 'carol', side: 'CUSTOMER' as const } };
let world: World;
let server: TestMailServer;

const give = (recommendationId: string, owner: string): RecommendationGive => ({
  ...{ type: 'recommendation.give', recommendationId, caseId: 'c1', postureId: '', text: 'Patch it', owner },
  ...{ dueAt: world.clock.now() + DAY_MS, priority: 'HIGH' },
});
const due = (tenant: string): number =>
  world.heard<RecommendationReminderDue>('recommendation.reminder-due', tenant).length;
const told = (tenant: string): DeliveryDelivered[] =>
  world.heard<DeliveryDelivered>('delivery.delivered', tenant).map(({ message }) => message);

beforeAll(async () => {
  server = await startMailServer();
  world = await startWorld([cases, oncall], {
    environment: { oncall: { SMTP_URL: server.url, EGRESS_ALLOW: '127.0.0.1' } },
  });
  for (const tenant of TENANTS) {
    const address = `takes@${tenant}.example`;
    const late = contactOf('late', { kind: 'SERVICE_REVIEW', address: `later@${tenant}.example` });
    await world.say(tenant, tenantWith(tenant, [contactOf('dan', { address }), late]));
  }
});
afterAll(async () => {
  await world?.stop();
  await server?.stop();
});

it('mails each tenant its own, after a restart in the meantime, and no case counts as told by it', async () => {
  for (const tenant of TENANTS) await world.ask(tenant, give('r1', 'Dan'));
  await world.restart('cases');
  world.clock.advance(DAY_MS);
  for (const tenant of TENANTS) {
    await world.until(`a reminder of ${tenant}`, () => told(tenant).length === 1);
    expect(told(tenant)).toMatchObject([{ purpose: 'REMINDER', contact: 'dan', channel: 'mail', caseId: 'c1' }]);
  }
  expect(server.taken.map(({ to }) => to).sort()).toEqual(['takes@acme.example', 'takes@globex.example']);
  for (const tenant of TENANTS) expect(world.heard<CaseCustomerNotified>('case.customer-notified', tenant)).toEqual([]);
});

it('stops trying once it is done', async () => {
  await world.ask('acme', give('r2', 'late'));
  world.clock.advance(DAY_MS);
  await world.until('an attempt', () =>
    world.heard('delivery.attempted', 'acme').some(({ message }) => JSON.stringify(message).includes('"late"')),
  );
  await world.ask('acme', { type: 'recommendation.complete', recommendationId: 'r2', comment: '' }, carol);
  await world.until('its end', () => world.heard('delivery.stopped', 'acme').length === 1);
});

it('sends nothing when everything is delivered once more', async () => {
  const before = [due('acme'), due('globex'), server.taken.length];
  for (const service of ['cases', 'oncall']) await world.rewind(service, 'reactions');
  await world.rewind('oncall', 'effects');
  await world.ask('globex', give('r3', 'Dan'));
  world.clock.advance(DAY_MS);
  await world.until('the new one', () => told('globex').length === 2);
  expect([due('acme'), due('globex') - 1, server.taken.length - 1]).toEqual(before);
  for (const service of ['cases', 'oncall']) expect(world.deadLetters(service)).toEqual([]);
});
