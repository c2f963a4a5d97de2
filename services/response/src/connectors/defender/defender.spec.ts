import { startEdrStandin } from '../../../../../tools/standins/src/index.js';
import { conformance } from '../conformance.js';
import { startListener } from '../conformance-origins.js';
import { openWorld, type Subject, type World } from '../conformance-world.js';
import { runAction, verifyAction } from '../run.js';
import { defender } from './index.js';

const host = (id: string) => ({ kind: 'HOST' as const, id, entity: `host:${id.toLowerCase()}` });
const machines = ['web01.acme.example', 'db01.a.example', 'db01.b.example', 'old01'];
const subject: Subject = { connector: defender, start: (options) => startEdrStandin({ machines, unsupported: ['old01'], ...options }), target: host('WORKSTATION5') };

conformance(subject);

describe('Defender in particular', () => {
  let world: World;
  beforeEach(async () => { world = await openWorld(subject, { adopt: false }); });
  afterEach(() => world.stop());

  it('finds a host by its short name', async () => {
    expect(await runAction(world.session, 'isolate-host', host('WEB01'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(world.effects()).toEqual(['Isolate web01.acme.example']);
  });
  it('does not choose between two hosts of that name', async () => {
    expect(await runAction(world.session, 'isolate-host', host('db01'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'FAILED', detail: '2 machines are called db01' });
  });
  it('says that an old system is not supported', async () => {
    expect(await runAction(world.session, 'isolate-host', host('old01'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'UNSUPPORTED', detail: expect.stringContaining('OsPlatformNotSupported') });
  });
  it('puts its mark into the comment', async () => {
    await runAction(world.session, 'isolate-host', host('web01'), { idempotencyKey: '3f1c' });
    expect(JSON.stringify(await (await fetch(`${world.standin.url}/_standin/state`)).json())).toContain('[vigie:3f1c]');
  });
  it('is not effective any more once somebody released the host', async () => {
    await runAction(world.session, 'isolate-host', host('web01'), { idempotencyKey: 'k' });
    await runAction(world.session, 'release-host', host('web01'), { idempotencyKey: 'l' });
    expect(await verifyAction(world.session, 'isolate-host', host('web01'), world.clock.now())).toMatchObject({ effective: false, evidence: expect.stringContaining('was released') });
  });
  it('takes no token from an authority that is none of its origins', async () => {
    await world.stop();
    const listener = await startListener();
    const secret = JSON.stringify({ clientId: 'vigie-standin', clientSecret: 'standin-only', authority: `http://127.0.0.1:${listener.port}` });
    world = await openWorld(subject, { secret });
    expect(await runAction(world.session, 'isolate-host', host('web01'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('may be sent to') });
    expect([listener.calls(), world.standin.callLog()]).toEqual([0, []]);
    await listener.stop();
  });
  it('gives up waiting when the machine never finishes, and says under which id to ask', async () => {
    await world.stop();
    world = await openWorld({ ...subject, start: (options) => startEdrStandin({ ...options, completeAfterMs: 3_600_000 }) });
    expect(await runAction(world.session, 'isolate-host', host('away01'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'OUTCOME_UNKNOWN', vendorRef: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });
});
