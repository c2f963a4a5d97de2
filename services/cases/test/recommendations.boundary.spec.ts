import type { CaseAdviceRecorded, RecommendationGive, RecommendationReminderDue } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { cases } from '../src/cases.module.js';

const TENANTS = ['acme', 'globex'];
const recommendationId = 'r1';
const msp = { actor: { subject: 'mo', side: 'CUSTOMER' as const }, roles: ['PARTNER_MSP'] };
const carol = { actor: { subject: 'carol', side: 'CUSTOMER' as const } };
const done = { type: 'recommendation.complete', recommendationId, comment: '' } as const;

let world: World;
const reminders = (tenant: string): RecommendationReminderDue[] =>
  world.heard<RecommendationReminderDue>('recommendation.reminder-due', tenant).map(({ message }) => message);
const give = (): RecommendationGive => ({
  type: 'recommendation.give',
  recommendationId,
  caseId: 'c1',
  postureId: '',
  text: 'Patch it',
  owner: 'IT',
  dueAt: world.clock.now() + 10 * DAY_MS,
  priority: 'HIGH',
});

beforeAll(async () => {
  world = await startWorld([cases]);
  // A case that one of them has, and the other has not.
  await world.ask(
    'acme',
    {
      type: 'case.open',
      caseId: 'c1',
      number: 1,
      title: 'Look',
      description: '',
      severity: 'LOW',
      findings: [],
      entities: [],
      because: '',
      openedBy: { subject: 'ada', side: 'PROVIDER' },
    },
    { actor: { subject: 'cases', side: 'SYSTEM' } },
  );
});
afterAll(() => world?.stop());

it('advice is given at each tenant for itself, and kept with the case it comes from', async () => {
  for (const tenant of TENANTS) expect(await world.ask(tenant, give())).toMatchObject({ outcome: 'DONE' });
  const [kept] = await world.until('the record', () => {
    const all = world.heard<CaseAdviceRecorded>('case.advice-recorded', 'acme');
    return all.length > 0 && all;
  });
  expect(kept?.message).toMatchObject({ caseId: 'c1', state: 'OPEN', text: 'Patch it', by: { subject: 'ada' } });
  expect(world.heard('case.advice-recorded', 'globex')).toEqual([]);
});

it('is reminded of a week before it is due, also after a restart, and then on the day', async () => {
  await world.restart('cases');
  world.clock.advance(3 * DAY_MS);
  for (const tenant of TENANTS) await world.until(`a reminder at ${tenant}`, () => reminders(tenant).length === 1);
  expect(reminders('acme')[0]).toMatchObject({ owner: 'IT', text: 'Patch it', turn: 2 });
  world.clock.advance(7 * DAY_MS);
  for (const tenant of TENANTS) await world.until(`another at ${tenant}`, () => reminders(tenant).length === 2);
});

it("the customer's partner says that it was done, and accepts no risk", async () => {
  const accept = { type: 'recommendation.accept-risk', recommendationId, reason: 'x' } as const;
  expect(await world.ask('acme', accept, msp)).toMatchObject({ outcome: 'REFUSED', code: 'FORBIDDEN' });
  expect(await world.ask('acme', done, msp)).toMatchObject({ outcome: 'DONE' });
  expect(await world.ask('globex', accept, carol)).toMatchObject({ outcome: 'DONE' });
});

it('what has ended is not reminded of, and everything delivered once more says nothing new', async () => {
  await world.rewind('cases', 'reactions');
  await world.rewind('cases', 'requests');
  world.clock.advance(30 * DAY_MS);
  const other = { ...give(), recommendationId: 'r2', dueAt: world.clock.now() + DAY_MS };
  expect(await world.ask('acme', other)).toMatchObject({ outcome: 'DONE' });
  await world.until('its record', () =>
    world
      .heard<CaseAdviceRecorded>('case.advice-recorded', 'acme')
      .some(({ message }) => message.recommendationId === 'r2'),
  );
  world.clock.advance(DAY_MS);
  await world.until('its reminder', () => reminders('acme').some((one) => one.recommendationId === 'r2'));
  for (const tenant of TENANTS)
    expect(reminders(tenant).filter((one) => one.recommendationId === recommendationId)).toHaveLength(2);
  expect(world.heard('case.advice-recorded', 'acme')).toHaveLength(3);
  expect(world.deadLetters('cases')).toEqual([]);
});
