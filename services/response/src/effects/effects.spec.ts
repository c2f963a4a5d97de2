import type { ActionFinished, ActionIdentityRequested, ActionStarted } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { startDefenderStandin, type Standin } from '../../../../tools/standins/src/index.js';
import { openRig, identifiedBy, type ConnectorRig } from '../../test/conformance/rig.js';
import { defender } from '../connectors/defender/index.js';
import * as samples from '../../test/samples/action.js';
import { carryOut } from './carry-out.js';
import { identify } from './identify.js';
import { reconcile } from './reconcile.js';
import { undo } from './undo.js';
import { verify } from './verify.js';
import type { VendorSessions } from './accounts/sessions.js';

/** A vendor that takes an hour for everything, in virtual time. */
const subject = {
  connector: defender,
  start: (options: { now: () => number; adopt?: boolean }): Promise<Standin> =>
    startDefenderStandin({ ...options, completeAfterMs: HOUR_MS }),
  target: { kind: 'HOST' as const, id: 'web01', entity: 'host:web01' },
};
const timing = { lookEveryMs: 2_000, looks: 15 };
const settings = samples.tenant('AUTHORIZE');
const fresh = { resumed: false };
let world: ConnectorRig;
let sessions: VendorSessions;
let started: ActionStarted;
let undoing: ActionStarted;
let finished: (outcome: 'SUCCEEDED' | 'OUTCOME_UNKNOWN') => ActionFinished;

beforeEach(async () => {
  world = await openRig(subject);
  sessions = { clock: world.clock, for: () => world.session };
  const { vendorId } = await identifiedBy(world, subject.target);
  started = { ...(samples.started as ActionStarted), vendorId };
  undoing = { ...(samples.undoing as ActionStarted), vendorId };
  finished = (outcome) => ({ ...(samples.finished(outcome) as ActionFinished), vendorId });
});
afterEach(() => world.stop());

const lasting = async <Result>(work: () => Promise<Result>): Promise<{ result: Result; tookMs: number }> => {
  const before = world.clock.now();
  return { result: await work(), tookMs: world.clock.now() - before };
};

describe('a slow vendor', () => {
  it('is waited for some seconds; the outcome is asked for later', async () => {
    const { result, tookMs } = await lasting(() => carryOut(sessions).perform(heard(started), settings, fresh));
    expect(tookMs).toBeLessThanOrEqual(17_000);
    expect(result).toMatchObject([
      { request: { type: 'action.record-result', outcome: 'OUTCOME_UNKNOWN' }, dueAt: world.clock.now() + 4_000 },
    ]);
  });
  it('is asked again after a pause that grows with each asking, the same at every redelivery', async () => {
    await carryOut(sessions).perform(heard(started), settings, fresh);
    const fact = finished('OUTCOME_UNKNOWN');
    for (const [version, pause] of [
      [3, 4_000],
      [6, 32_000],
      [90, 600_000],
    ] as const) {
      const asking = () =>
        reconcile(sessions).perform(heard(fact, { sequence: { version, index: 0, count: 1 } }), settings, fresh);
      const { result, tookMs } = await lasting(asking);
      expect(tookMs).toBeLessThanOrEqual(17_000);
      expect(result).toMatchObject([{ request: { outcome: 'OUTCOME_UNKNOWN' }, dueAt: fact.at + pause }]);
      expect((await asking())[0]?.dueAt).toBe(fact.at + pause);
    }
  });
  it('has undone nothing in time', async () => {
    const { result, tookMs } = await lasting(() => undo(sessions, timing).perform(heard(undoing), settings, fresh));
    expect(tookMs).toBeLessThanOrEqual(17_000);
    expect(result).toMatchObject([{ request: { type: 'action.record-reverted', reverted: false } }]);
  });
});

it('a vendor that never answers is looked at no longer than one that does', async () => {
  await world.stop();
  const session = {
    ...world.session,
    action: () => ({
      ...defender.actions[0]!,
      verify: () =>
        world.clock.sleep(15_000).then(() => {
          throw new Error('no answer');
        }),
    }),
  };
  const { tookMs } = await lasting(() =>
    verify({ clock: world.clock, for: () => session }, timing).perform(heard(finished('SUCCEEDED')), settings, fresh),
  );
  expect(tookMs).toBeLessThanOrEqual(50_000);
});

it('an outcome stays unknown, and is asked for later, while the tenant has no connector', async () => {
  const none: VendorSessions = { clock: world.clock, for: () => undefined };
  expect(await reconcile(none).perform(heard(finished('OUTCOME_UNKNOWN')), settings, fresh)).toMatchObject([
    { request: { outcome: 'OUTCOME_UNKNOWN' }, dueAt: expect.any(Number) },
  ]);
});

describe('what waited for too long', () => {
  const late = (): ActionStarted => ({ ...started, at: world.clock.now() - 601_000 });
  it('is not begun any more: the policy may say otherwise by now', async () => {
    expect(await carryOut(sessions).perform(heard(late()), settings, fresh)).toMatchObject([
      { request: { outcome: 'FAILED', detail: expect.stringContaining('nothing was sent') } },
    ]);
    expect(world.effects()).toEqual([]);
  });
  it('is asked for where an attempt broke off, and not begun again', async () => {
    expect(await carryOut(sessions).perform(heard(late()), settings, { resumed: true })).toMatchObject([
      { request: { outcome: 'FAILED', detail: expect.stringContaining('it was not done') } },
    ]);
    expect(world.effects()).toEqual([]);
  });
  it('is begun a moment before that', async () => {
    await carryOut(sessions).perform(heard({ ...started, at: world.clock.now() - 599_000 }), settings, fresh);
    expect(world.effects()).toHaveLength(1);
  });
});

describe('what was kept of the target', () => {
  const none: VendorSessions = {
    get clock() {
      return world.clock;
    },
    for: () => undefined,
  };
  it('is asked of the vendor once, and told with the asking it answers', async () => {
    const fact = samples.askedWho(2) as ActionIdentityRequested;
    const [asked] = await identify(sessions).perform(heard(fact), settings, fresh);
    expect(asked).toMatchObject({
      dueAt: undefined,
      request: {
        type: 'action.record-identity',
        asking: 2,
        outcome: 'FOUND',
        vendor: 'defender',
        vendorId: started.vendorId,
        at: world.clock.now(),
      },
    });
    expect(world.effects()).toEqual([]);
  });
  it('cannot be asked for where the tenant has no connector', async () =>
    expect(
      await identify(none).perform(heard(samples.askedWho() as ActionIdentityRequested), settings, fresh),
    ).toMatchObject([{ request: { outcome: 'UNSUPPORTED', vendor: '' }, dueAt: undefined }]));
  it('is asked for again after a growing pause when the vendor is away', async () => {
    await world.standin.stop();
    for (const [asking, pause] of [
      [1, 4_000],
      [3, 16_000],
      [30, 600_000],
    ] as const) {
      const fact = samples.askedWho(asking) as ActionIdentityRequested;
      expect(await identify(sessions).perform(heard(fact), settings, fresh)).toMatchObject([
        { request: { outcome: 'UNAVAILABLE', asking }, dueAt: fact.at + pause },
      ]);
    }
  });
  it('is nothing where an earlier release started it: nothing is sent by name', async () => {
    const old = { ...started, vendor: '', vendorId: '' };
    expect(await carryOut(sessions).perform(heard(old), settings, fresh)).toMatchObject([
      { request: { outcome: 'FAILED', detail: expect.stringContaining('nothing is sent by name') } },
    ]);
    expect(await carryOut(sessions).perform(heard(old), settings, { resumed: true })).toMatchObject([
      { request: { outcome: 'OUTCOME_UNKNOWN' } },
    ]);
    expect(world.effects()).toEqual([]);
  });
  it('is asked for again to give back what an earlier release took', async () => {
    await undo(sessions, timing).perform(heard({ ...undoing, vendor: '', vendorId: '' }), settings, fresh);
    expect(world.effects()).toEqual(['Unisolate web01']);
  });
  it('is no id at another vendor', async () => {
    const elsewhere = { ...started, vendor: 'another' };
    expect(await carryOut(sessions).perform(heard(elsewhere), settings, fresh)).toMatchObject([
      { request: { outcome: 'FAILED', detail: expect.stringContaining('connector is defender now') } },
    ]);
    expect(
      await undo(sessions, timing).perform(heard({ ...elsewhere, inverting: true }), settings, fresh),
    ).toMatchObject([{ request: { reverted: false } }]);
    expect(world.effects()).toEqual([]);
  });
});

it('the inverse of giving back is never carried out as an undoing', async () => {
  const asked = await undo(sessions, timing).perform(
    heard({ ...undoing, actionClass: 'release-host' }),
    settings,
    fresh,
  );
  expect(asked).toMatchObject([
    { request: { reverted: false, detail: expect.stringContaining('propose its inverse') } },
  ]);
  expect(world.effects()).toEqual([]);
});
