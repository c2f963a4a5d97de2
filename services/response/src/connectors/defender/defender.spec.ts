import { HOUR_MS } from '#libs/terms';
import { startDefenderStandin } from '../../../../../tools/standins/src/index.js';
import { conformance } from '../../../test/conformance/suite.js';
import { startListener } from '../../../test/conformance/secret-listener.js';
import { openRig, identifiedBy, type ConformanceSubject, type ConnectorRig } from '../../../test/conformance/rig.js';
import { identifyTarget } from '../../session/identify.js';
import { runAction, undoAction, verifyAction } from '../../session/run.js';
import { defender } from './index.js';

const host = (id: string) => ({ kind: 'HOST' as const, id, entity: `host:${id.toLowerCase()}` });
const machines = [
  {
    name: 'web01.acme.example',
    addresses: ['10.0.0.7', '192.168.7.1'],
    aadDeviceId: '80fe8ff8-2624-418e-9591-41f0491218f9',
  },
  'db01.a.example',
  'db01.b.example',
  'app',
  'app.a.example',
  'old01',
];
const subject: ConformanceSubject = {
  connector: defender,
  start: (options) => startDefenderStandin({ machines, unsupported: ['old01'], ...options }),
  target: host('WORKSTATION5'),
};

conformance(subject);

describe('Defender in particular', () => {
  let world: ConnectorRig;
  beforeEach(async () => {
    world = await openRig(subject, { adopt: false });
  });
  afterEach(() => world.stop());
  const ask = (id: string) => identifyTarget(world.session, 'isolate-host', host(id));
  const run = async (actionClass: string, id: string, idempotencyKey = 'k') =>
    runAction(world.session, actionClass, await identifiedBy(world, host(id)), { idempotencyKey });

  it.each(['WEB01', 'web01.acme.example', 'web01.ACME.example.'])(
    'finds a host as %s, and tells its names, device and addresses',
    async (id) => {
      const found = await ask(id);
      expect(found).toMatchObject({ outcome: 'FOUND', name: 'web01.acme.example' });
      expect(found.names).toEqual([
        found.vendorId,
        'web01.acme.example',
        '80fe8ff8-2624-418e-9591-41f0491218f9',
        '10.0.0.7',
        '192.168.7.1',
      ]);
    },
  );
  it.each(['web01.other.example', 'web0', 'acme.example', '10.0.0.7', '80fe8ff8-2624-418e-9591-41f0491218f9'])(
    'finds no host as %s',
    async (id) => expect((await ask(id)).outcome).toMatch(/NOT_FOUND|UNSUPPORTED/),
  );
  it.each(['db01', 'app'])('does not choose between two hosts called %s', async (id) =>
    expect(await ask(id)).toMatchObject({ outcome: 'AMBIGUOUS', detail: `2 machines are called ${id}` }),
  );
  it('isolates whom it found', async () => {
    expect(await run('isolate-host', 'WEB01')).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(world.effects()).toEqual(['Isolate web01.acme.example']);
  });
  it('says that an old system is not supported', async () => {
    expect(await run('isolate-host', 'old01')).toMatchObject({
      outcome: 'UNSUPPORTED',
      detail: expect.stringContaining('OsPlatformNotSupported'),
    });
  });
  it('puts its mark into the comment', async () => {
    await run('isolate-host', 'web01', '3f1c');
    expect(JSON.stringify(await (await fetch(`${world.standin.url}/_standin/state`)).json())).toContain('[vigie:3f1c]');
  });
  it('is not effective any more once somebody released the host', async () => {
    await run('isolate-host', 'web01', 'k');
    await run('release-host', 'web01', 'l');
    expect(
      await verifyAction(world.session, 'isolate-host', await identifiedBy(world, host('web01')), world.clock.now()),
    ).toMatchObject({ effective: false, evidence: expect.stringContaining('was released') });
  });
  it('is not lifted by whom it is not: somebody released the host since and isolated it anew', async () => {
    await run('isolate-host', 'web01', 'k');
    await run('release-host', 'web01', 'theirs');
    await run('isolate-host', 'web01', 'theirs again');
    const before = world.effects().length;
    const undone = await undoAction(world.session, 'isolate-host', await identifiedBy(world, host('web01')), {
      idempotencyKey: 'k:release-host:1',
      undoes: 'k',
    });
    expect(undone).toMatchObject({
      outcome: 'FAILED',
      detail: expect.stringContaining('it is not lifted, propose release-host'),
    });
    expect(world.effects()).toHaveLength(before);
  });
  it('is not lifted by whom it is not: somebody is isolating the host anew', async () => {
    await run('isolate-host', 'web01', 'k');
    await run('release-host', 'web01', 'theirs');
    world.standin.misbehave('linger', { byMs: HOUR_MS });
    const who = await identifiedBy(world, host('web01'));
    await runAction(world.session, 'isolate-host', who, { idempotencyKey: 'theirs again', pollForMs: 0 });
    const before = world.effects().length;
    expect(
      await undoAction(world.session, 'isolate-host', who, { idempotencyKey: 'k:release-host:1', undoes: 'k' }),
    ).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('it is not lifted, propose release-host') });
    expect(world.effects()).toHaveLength(before);
  });
  it('takes no token from an authority that is none of its origins', async () => {
    await world.stop();
    const listener = await startListener();
    const secret = JSON.stringify({
      clientId: 'vigie-standin',
      clientSecret: 'standin-only',
      authority: `http://127.0.0.1:${listener.port}`,
    });
    world = await openRig(subject, { secret });
    expect(await ask('web01')).toMatchObject({
      outcome: 'UNAVAILABLE',
      detail: expect.stringContaining('may be sent to'),
    });
    expect(await run('isolate-host', 'web01')).toMatchObject({
      outcome: 'FAILED',
      detail: expect.stringContaining('may be sent to'),
    });
    expect([listener.calls(), world.standin.callLog()]).toEqual([0, []]);
    await listener.stop();
  });
  it('gives up waiting when the machine never finishes, and says under which id to ask', async () => {
    await world.stop();
    world = await openRig({
      ...subject,
      start: (options) => startDefenderStandin({ ...options, completeAfterMs: HOUR_MS }),
    });
    expect(await run('isolate-host', 'away01')).toMatchObject({
      outcome: 'OUTCOME_UNKNOWN',
      vendorRef: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});
