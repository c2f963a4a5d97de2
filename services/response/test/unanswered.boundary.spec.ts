import type { ActionApprovalRequested, ActionApproved, ActionContactTried, DeliveryAttempted } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { startResponse, type ResponseService } from './response-service.js';
import { caseWith } from './samples/case.js';

/** Whose policy lets hosts be isolated when nobody answers for a quarter of an hour. */
const terms = {
  mode: 'COLLABORATE' as const,
  policy: { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] },
};
let service: ResponseService;
const asked: Record<string, ActionApprovalRequested> = {};
const agreed = (tenant: string) => service.world.heard<ActionApproved>('action.approved', tenant);
const attempted = (tenant: string, special: Partial<DeliveryAttempted> = {}): DeliveryAttempted => ({
  type: 'delivery.attempted',
  deliveryId: 'd',
  caseId: 'c1',
  actionId: asked[tenant]?.actionId ?? '',
  purpose: 'APPROVAL',
  turn: 1,
  contact: 'zoe',
  channel: 'mail',
  language: 'EN',
  outcome: 'UNREACHABLE',
  said: '',
  by: null,
  nextContact: -1,
  nextAt: null,
  round: 0,
  at: service.world.clock.now(),
  ...special,
});

beforeAll(async () => {
  service = await startResponse(['tried', 'untried', 'unsent', 'nobody'], { virtualTime: true });
  await service.bring({
    tried: terms,
    untried: terms,
    unsent: terms,
    nobody: { ...terms, settings: { contacts: [] } },
  });
  for (const tenant of ['tried', 'untried', 'unsent', 'nobody']) {
    await service.world.say(tenant, caseWith('c1', 'web01', service.world.clock.now()));
    asked[tenant] = await service.world.until(
      `${tenant} to be asked`,
      () => service.world.heard<ActionApprovalRequested>('action.approval-requested', tenant)[0]?.message,
    );
  }
});
afterAll(() => service?.stop());

it('goes on by silence only where all who were asked were tried, each told of once', async () => {
  const { world } = service;
  const { envelope } = await world.say('tried', attempted('tried'));
  await world.say('tried', attempted('tried'), envelope);
  await world.say('unsent', attempted('unsent', { outcome: 'NO_SENDER' }));
  const tried = await world.until(
    'an attempt',
    () => world.heard<ActionContactTried>('action.contact-tried', 'tried')[0],
  );
  expect(tried.message).toMatchObject({ contact: 'zoe', outcome: 'UNREACHABLE', waitUntil: null });
  await world.restart('response');
  world.clock.advance(15 * MINUTE_MS);
  const [approved] = await world.until('an answer by silence', () => agreed('tried').length > 0 && agreed('tried'));
  expect(approved?.message.by.side).toBe('SYSTEM');
  expect(world.heard('action.contact-tried', 'tried')).toHaveLength(1);
  // Their timers were held beside the one that fired.
  for (const tenant of ['untried', 'unsent', 'nobody']) {
    await world.ask(
      tenant,
      { type: 'action.execute', actionId: asked[tenant]?.actionId ?? '' },
      { actor: { subject: 'response', side: 'SYSTEM' } },
    );
    expect(agreed(tenant)).toEqual([]);
    expect(world.heard('action.contact-tried', tenant)).toEqual([]);
  }
});

it('goes on where the last was tried late, once that is known', async () => {
  await service.world.say('untried', attempted('untried'));
  await service.world.until('an answer by silence', () => agreed('untried').length > 0);
});
