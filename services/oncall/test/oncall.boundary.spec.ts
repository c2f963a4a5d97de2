import { rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveryAttempted, DeliveryDelivered, DeliveryDue, DeliveryFailed } from '#contracts';
import { startWorld, type World } from '#libs/testing';
import { oncall } from '../src/oncall.module.js';
import { startHookServer, type TestHookServer } from './hook-server.js';
import { startMailServer, type TestMailServer } from './mail-server.js';
import { contactOf, sendOf, tenantWith } from './samples.js';

const MINUTE = 60_000;
let world: World;
let server: TestMailServer;
let hooks: TestHookServer;
const dir = mkdtempSync(join(tmpdir(), 'vigie-oncall-'));
const SECRETS_FILE = join(dir, 'secrets.json');
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
  hooks = await startHookServer();
  const secret = JSON.stringify({ url: `${hooks.origin}/takes/a-secret-path`, key: 'a-key-that-both-know' });
  const kept = { hooks: { 'soc-hook': { origins: [hooks.origin], secret } } };
  writeFileSync(SECRETS_FILE, JSON.stringify(kept), { mode: 0o600 });
  const environment = { oncall: { SMTP_URL: server.url, SECRETS_FILE, EGRESS_ALLOW: '127.0.0.1' } };
  world = await startWorld([oncall], { environment });
  await world.say('acme', tenantWith('acme', [contactOf('carol')]));
  await world.say('globex', tenantWith('globex', [contactOf('dan', { address: 'later@globex.example' })]));
  await world.say('phones', tenantWith('phones', [contactOf('eve', { channel: 'phone' })]));
  const dan = contactOf('dan', { name: 'Dan', kind: 'SERVICE_REVIEW', language: 'FR' });
  await world.say('owners', tenantWith('owners', [contactOf('eve'), dan]));
  await world.say('portals', tenantWith('portals', [contactOf('fay', { channel: 'portal' })]));
  await world.say('hooks', tenantWith('hooks', [contactOf('gus', { channel: 'webhook', address: 'soc-hook' })]));
});
afterAll(async () => {
  await world?.stop();
  await server?.stop();
  await hooks?.stop();
  rmSync(dir, { recursive: true, force: true });
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
  await world.ask('portals', sendOf('p'), cases);
  const failed = await world.until('a failure', () => heard<DeliveryFailed>('delivery.failed', 'portals', 'p')[0]);
  expect(failed.reason).toContain('fay (portal)');
});

it('tells by a webhook, whose address and key nobody hears', async () => {
  await world.ask('hooks', sendOf('h'), cases);
  expect(await told('hooks', 'h')).toMatchObject({ contact: 'gus', channel: 'webhook', said: '200 OK' });
  expect(hooks.taken).toHaveLength(1);
  const said = ['delivery.requested', 'delivery.due', 'delivery.attempted', 'delivery.delivered'].map((type) =>
    heard(type, 'hooks', 'h'),
  );
  expect(said.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  expect(JSON.stringify(said)).not.toMatch(/a-secret-path|a-key-that-both-know/);
});

it('has a person call, and believes that person alone', async () => {
  await world.ask('phones', sendOf('call'), cases);
  const { turn } = await world.until('a call', () => heard<DeliveryDue>('delivery.due', 'phones', 'call')[0]);
  expect(heard('delivery.delivered', 'phones', 'call')).toEqual([]);
  const answer = { type: 'delivery.answer-call', deliveryId: 'call', turn, answered: true, note: '' } as const;
  expect(await world.ask('globex', answer)).toMatchObject({ outcome: 'REFUSED' });
  expect(await world.ask('phones', answer, { actor: { subject: 'eve', side: 'CUSTOMER' } })).toMatchObject({
    outcome: 'REFUSED',
    code: 'FORBIDDEN',
  });
  expect(await world.ask('phones', answer)).toMatchObject({ outcome: 'DONE' });
  expect(await told('phones', 'call')).toMatchObject({ contact: 'eve', channel: 'phone', by: { subject: 'ada' } });
});

it('goes on when nobody makes a call', async () => {
  await world.ask('phones', sendOf('not-made'), cases);
  await world.until('a call', () => heard<DeliveryDue>('delivery.due', 'phones', 'not-made')[0]);
  world.clock.advance(15 * MINUTE);
  const attempted = await world.until(
    'an attempt',
    () => heard<DeliveryAttempted>('delivery.attempted', 'phones', 'not-made')[0],
  );
  expect(attempted).toMatchObject({ outcome: 'NOT_MADE', by: null });
});

it('tries again within a minute, also after a restart', async () => {
  await world.ask('globex', sendOf('g'), cases);
  await world.until('an attempt', () => heard<DeliveryAttempted>('delivery.attempted', 'globex', 'g')[0]);
  await world.restart('oncall');
  world.clock.advance(MINUTE);
  await world.until('a second attempt', () => heard<DeliveryAttempted>('delivery.attempted', 'globex', 'g')[1]);
  expect(heard('delivery.delivered', 'globex', 'g')).toEqual([]);
});

it('reminds whoever is to see to it by mail, threaded with the case, in their language', async () => {
  const about = { caseId: 'c9', recommendationId: 'r1', purpose: 'REMINDER', title: 'Patch it', number: 0 } as const;
  await world.ask('owners', sendOf('r', { ...about, to: ['Dan'], until: Date.UTC(2026, 11, 1) }), cases);
  expect(await told('owners', 'r')).toMatchObject({ contact: 'dan', purpose: 'REMINDER', caseId: 'c9' });
  const { to, raw = '' } = server.taken.at(-1) ?? {};
  expect(to).toBe('takes@dan.example');
  expect(raw).toContain('References: <case-c9@vigie>');
  expect(raw).toContain('1 d=C3=A9cembre 2026');
  expect(raw).not.toContain('http');
});

it('sends nothing when everything is delivered once more', async () => {
  await world.rewind('oncall', 'effects');
  await world.rewind('oncall', 'reactions');
  await world.ask('acme', sendOf('after'), cases);
  await told('acme', 'after');
  expect(server.taken).toHaveLength(3);
  expect(hooks.taken).toHaveLength(1);
  expect(world.deadLetters('oncall')).toEqual([]);
});
