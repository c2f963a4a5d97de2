import { startIdpStandin } from '../../../../../tools/standins/src/index.js';
import { conformance } from '../conformance.js';
import { openWorld, type Subject, type World } from '../conformance-world.js';
import { reconcileAction, runAction, type RunOptions } from '../run.js';
import { suspend } from './endpoints.js';
import { okta } from './index.js';

const user = (id: string) => ({ kind: 'USER' as const, id, entity: `user:${id.toLowerCase()}` });
const subject: Subject = { connector: okta, start: (options) => startIdpStandin({ users: ['alice@acme.example'], ...options }), target: user('alice@acme.example') };

conformance(subject);

describe('Okta in particular', () => {
  let world: World;
  afterEach(() => world.stop());

  it('is partial when the account is suspended but its sessions live on', async () => {
    world = await openWorld(subject, {
      tamper: (http) => async (request) => (request.method === 'DELETE' ? { status: 403, headers: {}, text: '{"errorCode":"E0000006","errorSummary":"You do not have permission"}' } : http(request)),
    });
    expect(await runAction(world.session, 'suspend-user', user('alice'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'PARTIAL', detail: expect.stringContaining('E0000006') });
    expect(world.effects()).toEqual(['suspend alice@acme.example']);
  });
  it.each([
    ['run again', (given: World, options: RunOptions) => runAction(given.session, 'suspend-user', user('alice'), { ...options, resumed: true })],
    ['asked about', (given: World, options: RunOptions) => reconcileAction(given.session, 'suspend-user', user('alice'), options)],
  ])('ends the sessions that an attempt cut short left open, when %s', async (_, resume) => {
    const death = new AbortController();
    world = await openWorld(subject, {
      tamper: (http) => async (request) => {
        if (request.method !== 'DELETE' || death.signal.aborted) return http(request);
        death.abort();
        throw new Error('killed');
      },
    });
    await runAction(world.session, 'suspend-user', user('alice'), { idempotencyKey: 'k' });
    expect(world.effects()).toEqual(['suspend alice@acme.example']);
    expect(await resume(world, { idempotencyKey: 'k' })).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(world.effects()).toEqual(['suspend alice@acme.example', 'end sessions of alice@acme.example']);
  });
  it('leaves the sessions alone of whom the customer suspended', async () => {
    world = await openWorld(subject);
    await world.session.api.call(suspend, { at: { id: 'alice' } });
    expect(await runAction(world.session, 'suspend-user', user('alice'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: '' });
    expect(world.effects()).toEqual(['suspend alice@acme.example']);
  });
  it('finds a user by the name a Windows event gives', async () => {
    world = await openWorld(subject, { adopt: false });
    expect(await runAction(world.session, 'suspend-user', user('ACME\\alice'), { idempotencyKey: 'k' })).toMatchObject({ outcome: 'SUCCEEDED' });
  });
});
