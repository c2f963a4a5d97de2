import type { ActionFinished, ActionNotVerified, ActionReverted, ActionVerified } from '#contracts';
import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { startDefenderStandin, startOktaStandin, type Standin } from '../../../tools/standins/src/index.js';
import { response } from '../src/response.module.js';
import { tenant } from './samples/action.js';
import { caseWith } from './samples/case.js';
import { keepSecrets } from './samples/secrets-file.js';

/** In virtual time, which only this test moves: the vendor lags by minutes. */
const TENANTS = ['acme', 'globex'];
let clock: World['clock'];
let world: World;
let edr: Standin;
let idp: Standin;
let kept: ReturnType<typeof keepSecrets>;

beforeAll(async () => {
  let at = Date.now();
  clock = {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
  };
  edr = await startDefenderStandin({ now: clock.now, completeAfterMs: 0 });
  idp = await startOktaStandin({ now: clock.now, users: ['bo@acme.example'] });
  kept = keepSecrets(TENANTS, {
    edr: { origins: [edr.url], secret: edr.secret },
    idp: { origins: [idp.url], secret: idp.secret },
  });
  world = await startWorld([response], { clock, environment: { response: kept.environment } });
  for (const tenantId of TENANTS)
    await world.say(tenantId, {
      ...tenant('AUTHORIZE'),
      tenantId,
      connectors: [
        { vendor: 'defender', baseUrl: edr.url, secretRef: 'edr', account: tenantId },
        { vendor: 'okta', baseUrl: idp.url, secretRef: 'idp', account: tenantId },
      ],
    });
  await world.until('the tenants to be known', () => world.services.response?.runtime.settings.all().length === 2);
});
afterAll(async () => {
  await world?.stop();
  await Promise.all([edr?.stop(), idp?.stop()]);
  kept?.forget();
});

const looks = (tenantId: string): ActionNotVerified[] =>
  world.heard<ActionNotVerified>('action.not-verified', tenantId).map(({ message }) => message);
const verified = (tenantId: string): ActionVerified[] =>
  world.heard<ActionVerified>('action.verified', tenantId).map(({ message }) => message);

/** Moves time on, again and again, until it is there. */
const inTime = <T>(sentence: string, stepMs: number, look: () => T | undefined): Promise<T> =>
  world.until(sentence, () => {
    const found = look();
    if (!found) clock.advance(stepMs);
    return found;
  });

it('says what is not verified yet and why, looks again over a restart, and verifies once the vendor has done it', async () => {
  edr.misbehave('late', { byMs: 7 * MINUTE_MS });
  await world.say('acme', caseWith('c1', 'web01', clock.now()));
  const first = await inTime('a first look', 1_000, () => looks('acme')[0]);
  expect(first).toMatchObject({
    outcome: 'SUCCEEDED',
    look: 1,
    again: false,
    reason: 'VENDOR_LAG',
    lagMs: 15 * MINUTE_MS,
  });
  expect(first.observedAt).toBeLessThanOrEqual(first.at);
  edr.misbehave('honest');
  await world.restart('response');
  const proof = await inTime('it to be verified', 5_000, () => verified('acme')[0]);
  expect(proof).toMatchObject({ effective: true, lagMs: 15 * MINUTE_MS, evidence: expect.stringContaining('refused') });
  expect(proof.observedAt).toBeGreaterThan(first.since + 7 * MINUTE_MS);
  expect(looks('acme').every(({ since }) => since === first.since)).toBe(true);
  const before = looks('acme').length;
  await world.rewind('response', 'effects');
  clock.advance(MINUTE_MS);
  await world.say('globex', caseWith('c2', 'web02', clock.now()));
  await inTime("another tenant's look", 1_000, () => verified('globex')[0]);
  expect([looks('acme').length, verified('acme').length]).toEqual([before, 1]);
});

it('disproves what still is not done once the lag is over', async () => {
  edr.misbehave('lie');
  await world.say('globex', caseWith('c3', 'web03', clock.now()));
  await inTime('a look', 1_000, () => looks('globex').find(({ caseId }) => caseId === 'c3'));
  edr.misbehave('honest');
  const proof = await inTime('it to be disproved', 20_000, () =>
    verified('globex').find(({ caseId }) => caseId === 'c3'),
  );
  expect(proof).toMatchObject({ effective: false, evidence: expect.stringContaining('still heard') });
  expect(proof.at - 15 * MINUTE_MS).toBeGreaterThan(looks('globex').find(({ caseId }) => caseId === 'c3')?.since ?? 0);
});

it('leaves a host that is off as the vendor said, for hours, and is undone only once that is seen', async () => {
  await world.say('acme', caseWith('c4', 'web04', clock.now()));
  edr.misbehave('offline');
  const off = (inverting: boolean) => (one: ActionNotVerified) =>
    one.caseId === 'c4' && one.inverting === inverting && one.reason === 'TARGET_OFFLINE';
  await inTime('the reason', 20_000, () => looks('acme').find(off(false)));
  clock.advance(DAY_MS / 2);
  await inTime('it to be looked for again', MINUTE_MS, () => looks('acme').find((one) => off(false)(one) && one.again));
  const { actionId } = looks('acme').find(off(false)) ?? { actionId: '' };
  expect(verified('acme').filter(({ caseId }) => caseId === 'c4')).toEqual([]);
  expect(await world.ask('acme', { type: 'action.revert', actionId, reason: 'clean' })).toMatchObject({
    outcome: 'DONE',
  });
  await inTime('the reason, of the undoing', 20_000, () => looks('acme').find(off(true)));
  edr.misbehave('honest');
  const undone = await inTime('it to be seen undone', MINUTE_MS, () =>
    world.heard<ActionReverted>('action.reverted', 'acme').find(({ message }) => message.actionId === actionId),
  );
  expect(undone.message).toMatchObject({ reason: expect.stringContaining('recorded again'), lagMs: 15 * MINUTE_MS });
  expect(edr.callLog().filter(({ effect }) => effect === 'Unisolate web04')).toHaveLength(1);
});

it('ends with its time a suspension whose answer was lost, and of which the log never told', async () => {
  idp.misbehave('act-then-fail', { times: 1 });
  await world.ask('acme', {
    type: 'action.propose',
    actionId: 'lost',
    caseId: 'c5',
    actionClass: 'suspend-user',
    target: { kind: 'USER', id: 'bo', entity: 'user:bo' },
    severity: 'HIGH',
    confidence: 100,
    assetGroups: [],
    reason: 'seen',
    detectedAt: 1,
  });
  const unknown = await inTime('an unknown outcome', 1_000, () =>
    world.heard<ActionFinished>('action.finished', 'acme').find(({ message }) => message.actionId === 'lost'),
  );
  expect(unknown.message).toMatchObject({ outcome: 'OUTCOME_UNKNOWN', vendorRef: '' });
  idp.misbehave('mute');
  clock.advance(DAY_MS);
  const undone = await inTime('its end', MINUTE_MS, () =>
    world.heard<ActionReverted>('action.reverted', 'acme').find(({ message }) => message.actionId === 'lost'),
  );
  expect(undone.message.reason).toContain('is ACTIVE');
  expect(undone.message.at - unknown.message.at).toBeGreaterThanOrEqual(DAY_MS);
  expect(idp.callLog().flatMap(({ effect }) => effect ?? [])).toEqual(
    expect.arrayContaining(['suspend bo@acme.example', 'unsuspend bo@acme.example']),
  );
});
