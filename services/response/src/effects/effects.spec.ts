import type { ActionFinished, ActionIdentityRequested, ActionNotVerified, ActionStarted } from '#contracts';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { startDefenderStandin, type Standin } from '../../../../tools/standins/src/index.js';
import { openRig, identifiedBy, type ConnectorRig } from '../../test/conformance/rig.js';
import { defender } from '../connectors/defender/index.js';
import * as samples from '../../test/samples/action.js';
import { carryOut } from './carry-out.js';
import { identify } from './identify.js';
import { reconcile } from './reconcile.js';
import { undo } from './undo.js';
import { verify, verifyUndone } from './verify.js';
import type { VendorSessions } from './accounts/sessions.js';

/** A vendor that takes an hour for everything, in virtual time. */
const subject = {
  connector: defender,
  start: (options: { now: () => number; adopt?: boolean }): Promise<Standin> =>
    startDefenderStandin({ ...options, completeAfterMs: HOUR_MS }),
  target: { kind: 'HOST' as const, id: 'web01', entity: 'host:web01' },
};
const timing = { lookAfterMs: 2_000 };
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
  it('may undo it yet: nothing is known before its answer is', async () => {
    const { result, tookMs } = await lasting(() => undo(sessions).perform(heard(undoing), settings, fresh));
    expect(tookMs).toBeLessThanOrEqual(17_000);
    const notYet = { type: 'action.record-reverted', conclusive: false, reverted: false, reason: 'VENDOR_LAG' };
    expect(result).toMatchObject([{ request: notYet }]);
  });
  it('is not taken for one that refused, however long it takes', async () => {
    await carryOut(sessions).perform(heard({ ...started, at: world.clock.now() }), settings, fresh);
    await world.clock.sleep(2 * HOUR_MS);
    await undo(sessions).perform(heard(undoing), settings, fresh);
    const fact = samples.notVerified({ vendorId: started.vendorId, inverting: true, since: world.clock.now() });
    const look = () => verifyUndone(sessions, timing).perform(heard(fact), settings, fresh);
    await world.clock.sleep(HOUR_MS / 2);
    expect(await look()).toMatchObject([{ request: { conclusive: false, reason: 'VENDOR_LAG' } }]);
    await world.clock.sleep(HOUR_MS);
    expect(await look()).toMatchObject([{ request: { conclusive: true, reverted: true } }]);
  });
});

describe('an effect', () => {
  const look = (fact: ActionFinished | ActionNotVerified) =>
    verify(sessions, timing).perform(heard(fact), settings, fresh);
  it('is first looked for after a moment, then after pauses that grow', () => {
    const { dueAt } = verify(sessions, timing);
    const fact = samples.notVerified({ since: samples.at, at: samples.at + HOUR_MS });
    expect(dueAt?.(finished('SUCCEEDED'))).toBe(samples.at + 2_000);
    expect(dueAt?.(fact)).toBe(fact.at + HOUR_MS / 2);
  });
  it('is not decided by a vendor that cannot be asked, nor where the tenant has no connector any more', async () => {
    await world.standin.stop();
    const away = [{ request: { conclusive: false, effective: false, reason: 'VENDOR_UNAVAILABLE', look: 0 } }];
    expect(await look(finished('SUCCEEDED'))).toMatchObject(away);
    const none: VendorSessions = { clock: world.clock, for: () => undefined };
    expect(await verify(none, timing).perform(heard(finished('SUCCEEDED')), settings, fresh)).toMatchObject(away);
  });
  it('is looked for since the vendor gave its word, however often', async () => {
    const fact = samples.notVerified({ vendorId: started.vendorId, since: world.clock.now() - HOUR_MS, look: 7 });
    // Nothing was isolated, and the lag is over.
    expect(await look(fact)).toMatchObject([{ request: { conclusive: true, effective: false, look: 7 } }]);
    expect(await look({ ...fact, since: world.clock.now() })).toMatchObject([
      { request: { conclusive: false, reason: 'VENDOR_LAG', look: 7 } },
    ]);
  });
  it('is left to people after a month', async () => {
    const fact = samples.notVerified({ since: samples.at, at: samples.at + 31 * DAY_MS });
    expect(await look(fact)).toEqual([]);
    expect(await verifyUndone(sessions, timing).perform(heard({ ...fact, inverting: true }), settings, fresh)).toEqual(
      [],
    );
  });
  it('of an undoing is that of the inverse, and is looked for by the effect of its own', async () => {
    const fact = samples.notVerified({ vendorId: started.vendorId, inverting: true, since: samples.at, look: 2 });
    expect(await look(fact)).toEqual([]);
    const again = verifyUndone(sessions, timing);
    expect(await again.perform(heard({ ...fact, inverting: false }), settings, fresh)).toEqual([]);
    // Never isolated, the host talks.
    expect(await again.perform(heard(fact), settings, fresh)).toMatchObject([
      { request: { type: 'action.record-reverted', conclusive: true, reverted: true, look: 2, since: samples.at } },
    ]);
  });
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
    await undo(sessions).perform(heard({ ...undoing, vendor: '', vendorId: '' }), settings, fresh);
    expect(world.effects()).toEqual(['Unisolate web01']);
  });
  it('is no id at another vendor', async () => {
    const elsewhere = { ...started, vendor: 'another' };
    expect(await carryOut(sessions).perform(heard(elsewhere), settings, fresh)).toMatchObject([
      { request: { outcome: 'FAILED', detail: expect.stringContaining('connector is defender now') } },
    ]);
    expect(await undo(sessions).perform(heard({ ...elsewhere, inverting: true }), settings, fresh)).toMatchObject([
      { request: { reverted: false } },
    ]);
    expect(world.effects()).toEqual([]);
  });
});

describe('an undoing of which nothing is known', () => {
  const none: VendorSessions = {
    get clock() {
      return world.clock;
    },
    for: () => undefined,
  };
  const undone = (from: VendorSessions, resumed: boolean) => undo(from).perform(heard(undoing), settings, { resumed });

  it('is not done where it surely was not sent', async () => {
    expect(await undone(none, false)).toMatchObject([{ request: { conclusive: true, reverted: false } }]);
    await world.standin.stop();
    expect(await undone(sessions, false)).toMatchObject([{ request: { conclusive: true, reverted: false } }]);
  });
  it('is looked for where an attempt broke off, which may have been sent', async () => {
    const notYet = [{ request: { conclusive: false, reverted: false } }];
    expect(await undone(none, true)).toMatchObject(notYet);
    await world.standin.stop();
    expect(await undone(sessions, true)).toMatchObject(notYet);
  });
  it('is looked for where it was sent, and its answer is lost', async () => {
    await carryOut(sessions).perform(heard({ ...started, at: world.clock.now() }), settings, fresh);
    await world.clock.sleep(2 * HOUR_MS);
    world.standin.misbehave('act-then-fail');
    expect(await undone(sessions, false)).toMatchObject([{ request: { conclusive: false, reverted: false } }]);
    expect(world.effects()).toEqual(['Isolate web01', 'Unisolate web01']);
  });
});

it('the inverse of giving back is never carried out as an undoing', async () => {
  const asked = await undo(sessions).perform(heard({ ...undoing, actionClass: 'release-host' }), settings, fresh);
  expect(asked).toMatchObject([
    { request: { reverted: false, detail: expect.stringContaining('propose its inverse') } },
  ]);
  expect(world.effects()).toEqual([]);
});
