import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionApprovalRequested, ActionGuided, ActionVerified, CaseOpened, ResponseMode } from '#contracts';
import { startWorld, type World } from '#libs/testing';
import { startEdrStandin, type Standin } from '../../../tools/standins/src/index.js';
import { tenant } from '../src/domain/action/samples.js';
import { responseConfig } from '../src/config.js';
import { response } from '../src/response.module.js';

let world: World;
let edr: Standin;

const stateOf = (tenantId: string, mode: ResponseMode) => ({
  ...tenant(mode), tenantId, connectors: [{ vendor: 'defender', baseUrl: edr.url, secretRef: 'edr', account: 'acme' }],
});

const caseWith = (caseId: string, host: string): CaseOpened => ({
  type: 'case.opened', caseId, number: 1001, title: 'LSASS was read', description: '', severity: 'HIGH', priority: 80, because: '', clocks: [],
  entities: [{ kind: 'host', value: host }],
  findings: [{
    findingId: `f-${caseId}`, ruleId: 'r1', title: 'LSASS was read', severity: 'HIGH', confidence: 80, techniques: ['T1003.001'], tactics: [], source: 'edr',
    entities: [{ kind: 'host', value: host }], occurredAt: 1, ingestedAt: 2, detectedAt: 3, criticality: 'HIGH', knownIndicator: false, assetGroups: [],
  }],
  openedBy: { subject: 'cases', side: 'SYSTEM' }, at: world.clock.now(),
});

const isolations = (host: string) => edr.callLog().filter(({ effect }) => effect === `Isolate ${host}`).length;
const zoe = { actor: { subject: 'zoe', side: 'CUSTOMER' as const }, roles: ['CUSTOMER_APPROVER'] };

beforeAll(async () => {
  const secretsFile = join(tmpdir(), `vigie-secrets-${process.pid}.json`);
  edr = await startEdrStandin({});
  writeFileSync(secretsFile, JSON.stringify(Object.fromEntries(['acts', 'asks', 'guides'].map((id) => [id, { edr: { origins: [edr.url], secret: edr.secret } }]))), { mode: 0o600 });
  world = await startWorld([response], {
    clock: 'real',
    configOf: { response: (environment) => responseConfig({ ...environment, SECRETS_FILE: secretsFile, EGRESS_ALLOW: '127.0.0.1', VERIFY_EVERY_MS: '50' }) },
  });
  for (const [id, mode] of [['acts', 'AUTHORIZE'], ['asks', 'COLLABORATE'], ['guides', 'NOTIFY']] as const) await world.say(id, stateOf(id, mode));
  await world.until('all tenants to be known', () => world.services.response?.runtime.settings.all().length === 3);
});

afterAll(async () => {
  await world?.stop();
  await edr?.stop();
});

it('isolates the host where the provider acts, sees the effect, and does so once', async () => {
  const opened = caseWith('c1', 'web01');
  const { envelope } = await world.say('acts', opened);
  const verified = await world.until('a verified isolation', () => world.heard<ActionVerified>('action.verified', 'acts')[0]);
  expect(verified.message).toMatchObject({ effective: true, actionClass: 'isolate-host' });
  await world.say('acts', opened, envelope);
  await world.rewind('response', 'effects');
  await world.rewind('response', 'reactions');
  await world.ask('acts', { type: 'action.execute', actionId: verified.message.actionId } as never, { actor: { subject: 'response', side: 'SYSTEM' } });
  expect(isolations('web01')).toBe(1);
});

it('asks first where the customer wants to agree, and acts once it has', async () => {
  await world.say('asks', caseWith('c2', 'web02'));
  const { message } = await world.until('a question', () => world.heard<ActionApprovalRequested>('action.approval-requested', 'asks')[0]);
  expect(isolations('web02')).toBe(0);
  const answer = await world.ask('asks', { type: 'action.approve', actionId: message.actionId, comment: 'go' } as never, zoe);
  expect(answer.outcome).toBe('DONE');
  await world.until('a verified isolation', () => world.heard<ActionVerified>('action.verified', 'asks')[0]);
  expect(isolations('web02')).toBe(1);
});

it('only guides where the customer acts, and takes its word', async () => {
  await world.say('guides', caseWith('c3', 'web03'));
  const { message } = await world.until('guidance', () => world.heard<ActionGuided>('action.guided', 'guides')[0]);
  expect(message.steps[0]).toContain('web03');
  const answer = await world.ask('guides', { type: 'action.mark-done', actionId: message.actionId, comment: 'unplugged' } as never, zoe);
  expect(answer.outcome).toBe('DONE');
  expect(isolations('web03')).toBe(0);
});

it('answers another tenant as if the action were not there', async () => {
  const { message } = await world.until('guidance', () => world.heard<ActionGuided>('action.guided', 'guides')[0]);
  const answer = await world.ask('acts', { type: 'action.mark-done', actionId: message.actionId, comment: '' } as never, zoe);
  expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'UNKNOWN_ACTION' });
});

it('does not believe an EDR that lies', async () => {
  edr.misbehave('lie');
  await world.say('acts', caseWith('c4', 'web04'));
  const found = await world.until('a verification', () => world.heard<ActionVerified>('action.verified', 'acts').find(({ message }) => message.caseId === 'c4'));
  expect(found.message).toMatchObject({ effective: false });
  edr.misbehave('honest');
});

it('learns what became of an isolation that was done and then failed', async () => {
  edr.misbehave('act-then-fail');
  await world.say('acts', caseWith('c5', 'web05'));
  const found = await world.until('a verification', () => world.heard<ActionVerified>('action.verified', 'acts').find(({ message }) => message.caseId === 'c5'));
  expect(found.message.effective).toBe(true);
  expect(isolations('web05')).toBe(1);
  edr.misbehave('honest');
});
