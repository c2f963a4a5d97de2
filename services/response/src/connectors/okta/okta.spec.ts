import { startOktaStandin } from '../../../../../tools/standins/src/index.js';
import { conformance } from '../../../test/conformance/suite.js';
import {
  openRig,
  identifiedBy,
  type ConformanceSubject,
  type ConnectorRig,
  type ConnectorRigOptions,
} from '../../../test/conformance/rig.js';
import type { IdentifiedTarget } from '../connector.js';
import { identifyTarget } from '../../session/identify.js';
import { reconcileAction, runAction, undoAction, type RunOptions } from '../../session/run.js';
import { suspend } from './endpoints.js';
import { okta } from './index.js';

const user = (id: string) => ({ kind: 'USER' as const, id, entity: `user:${id.toLowerCase()}` });
const users = [
  'alice@acme.example',
  { login: 'ceo@acme.example', email: 'ada.lovelace@acme.example', secondEmail: 'ada@home.example' },
];
const subject: ConformanceSubject = {
  connector: okta,
  start: (options) => startOktaStandin({ users, ...options }),
  target: user('alice@acme.example'),
};

conformance(subject);

describe('Okta in particular', () => {
  let world: ConnectorRig;
  let alice: IdentifiedTarget;
  afterEach(() => world.stop());
  const open = async (options?: ConnectorRigOptions): Promise<void> => {
    world = await openRig(subject, options);
    alice = await identifiedBy(world, user('alice'));
  };

  it.each(['ceo', 'CEO@acme.example', 'ACME\\ceo'])(
    'finds a user as %s, and tells its id, logins and addresses',
    async (id) => {
      await open({ adopt: false });
      const found = await identifyTarget(world.session, 'suspend-user', user(id));
      expect(found).toMatchObject({
        outcome: 'FOUND',
        name: 'ceo@acme.example',
        vendorId: expect.stringMatching(/^00u/),
      });
      expect(found.names).toEqual([
        found.vendorId,
        'ceo@acme.example',
        'ceo',
        'ada.lovelace@acme.example',
        'ada@home.example',
      ]);
    },
  );
  it.each(['me', 'ceo@other.example', 'ceo@acme.example.', 'ada@home.example'])('finds no user as %s', async (id) => {
    await open({ adopt: false });
    expect(await identifyTarget(world.session, 'suspend-user', user(id))).toMatchObject({ outcome: 'NOT_FOUND' });
  });

  it('is partial when the account is suspended but its sessions live on', async () => {
    await open({
      tamper: (http) => async (request) =>
        request.method === 'DELETE'
          ? { status: 403, headers: {}, text: '{"errorCode":"E0000006","errorSummary":"You do not have permission"}' }
          : http(request),
    });
    expect(await runAction(world.session, 'suspend-user', alice, { idempotencyKey: 'k' })).toMatchObject({
      outcome: 'PARTIAL',
      detail: expect.stringContaining('E0000006'),
    });
    expect(world.effects()).toEqual(['suspend alice@acme.example']);
  });
  it.each([
    [
      'run again',
      (given: ConnectorRig, options: RunOptions) =>
        runAction(given.session, 'suspend-user', alice, { ...options, resumed: true }),
    ],
    [
      'asked about',
      (given: ConnectorRig, options: RunOptions) => reconcileAction(given.session, 'suspend-user', alice, options),
    ],
  ])('ends the sessions that an attempt cut short left open, when %s', async (_, resume) => {
    const death = new AbortController();
    await open({
      tamper: (http) => async (request) => {
        if (request.method !== 'DELETE' || death.signal.aborted) return http(request);
        death.abort();
        throw new Error('killed');
      },
    });
    await runAction(world.session, 'suspend-user', alice, { idempotencyKey: 'k' });
    expect(world.effects()).toEqual(['suspend alice@acme.example']);
    expect(await resume(world, { idempotencyKey: 'k' })).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(world.effects()).toEqual(['suspend alice@acme.example', 'end sessions of alice@acme.example']);
  });
  it('leaves the sessions alone of whom the customer suspended', async () => {
    await open();
    await world.session.api.call(suspend, { at: { id: alice.vendorId } });
    expect(await runAction(world.session, 'suspend-user', alice, { idempotencyKey: 'k' })).toMatchObject({
      outcome: 'SUCCEEDED',
      vendorRef: '',
    });
    expect(world.effects()).toEqual(['suspend alice@acme.example']);
  });
  it('does not know whose a suspension is while the log does not tell, and knows once it does', async () => {
    await open();
    world.standin.misbehave('act-then-fail', { times: 1 });
    expect(await runAction(world.session, 'suspend-user', alice, { idempotencyKey: 'k' })).toMatchObject({
      outcome: 'OUTCOME_UNKNOWN',
    });
    world.standin.misbehave('mute');
    const ask = () => reconcileAction(world.session, 'suspend-user', alice, { idempotencyKey: 'k' });
    expect(await ask()).toMatchObject({ outcome: 'OUTCOME_UNKNOWN', detail: expect.stringContaining('not tell yet') });
    world.standin.misbehave('honest');
    expect(await ask()).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: alice.vendorId });
  });
  it('lifts what an earlier release suspended, which gave no name', async () => {
    await open();
    await world.session.api.call(suspend, { at: { id: alice.vendorId } });
    expect(
      await undoAction(world.session, 'suspend-user', alice, { idempotencyKey: 'k:undo', undoes: 'k' }),
    ).toMatchObject({ outcome: 'SUCCEEDED' });
  });
});
