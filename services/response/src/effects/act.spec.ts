import type { ActionFinished, ActionStarted } from '#contracts';
import { heard } from '#libs/testing';
import { startEdrStandin, type Standin } from '../../../../tools/standins/src/index.js';
import { openWorld, type World } from '../connectors/conformance-world.js';
import { defender } from '../connectors/defender/index.js';
import { finished, started, tenant, undoing } from '../domain/action/samples.js';
import { carryOut, reconcile, undo, verify } from './act.js';
import type { Sessions } from './sessions.js';

/** A vendor that takes an hour for everything, in virtual time. */
const subject = {
  connector: defender,
  start: (options: { now: () => number; adopt?: boolean }): Promise<Standin> => startEdrStandin({ ...options, completeAfterMs: 3_600_000 }),
  target: { kind: 'HOST' as const, id: 'web01', entity: 'host:web01' },
};
const timing = { lookEveryMs: 2_000, looks: 15 };
const settings = tenant('AUTHORIZE');
const fresh = { resumed: false };
let world: World;
let sessions: Sessions;

beforeEach(async () => {
  world = await openWorld(subject);
  sessions = { clock: world.clock, for: () => world.session };
});
afterEach(() => world.stop());

const lasting = async <Result>(work: () => Promise<Result>): Promise<{ result: Result; tookMs: number }> => {
  const before = world.clock.now();
  return { result: await work(), tookMs: world.clock.now() - before };
};

describe('a slow vendor', () => {
  it('is waited for some seconds; the outcome is asked for later', async () => {
    const { result, tookMs } = await lasting(() => carryOut(sessions).perform(heard(started as ActionStarted), settings, fresh));
    expect(tookMs).toBeLessThanOrEqual(17_000);
    expect(result).toMatchObject([{ request: { type: 'action.record-result', outcome: 'OUTCOME_UNKNOWN' }, dueAt: world.clock.now() + 4_000 }]);
  });
  it('is asked again after a pause that grows with each asking, the same at every redelivery', async () => {
    await carryOut(sessions).perform(heard(started as ActionStarted), settings, fresh);
    const fact = finished('OUTCOME_UNKNOWN') as ActionFinished;
    for (const [version, pause] of [[3, 4_000], [6, 32_000], [90, 600_000]] as const) {
      const asking = () => reconcile(sessions).perform(heard(fact, { sequence: { version, index: 0, count: 1 } }), settings, fresh);
      const { result, tookMs } = await lasting(asking);
      expect(tookMs).toBeLessThanOrEqual(17_000);
      expect(result).toMatchObject([{ request: { outcome: 'OUTCOME_UNKNOWN' }, dueAt: fact.at + pause }]);
      expect((await asking())[0]?.dueAt).toBe(fact.at + pause);
    }
  });
  it('has undone nothing in time', async () => {
    const { result, tookMs } = await lasting(() => undo(sessions, timing).perform(heard(undoing as ActionStarted), settings, fresh));
    expect(tookMs).toBeLessThanOrEqual(17_000);
    expect(result).toMatchObject([{ request: { type: 'action.record-reverted', reverted: false } }]);
  });
});

it('a vendor that never answers is looked at no longer than one that does', async () => {
  await world.stop();
  const session = { ...world.session, action: () => ({ ...defender.actions[0]!, verify: () => world.clock.sleep(15_000).then(() => { throw new Error('no answer'); }) }) };
  const { tookMs } = await lasting(() => verify({ clock: world.clock, for: () => session }, timing).perform(heard(finished('SUCCEEDED') as ActionFinished), settings, fresh));
  expect(tookMs).toBeLessThanOrEqual(50_000);
});

it('an outcome stays unknown, and is asked for later, while the tenant has no connector', async () => {
  const none: Sessions = { clock: world.clock, for: () => undefined };
  expect(await reconcile(none).perform(heard(finished('OUTCOME_UNKNOWN') as ActionFinished), settings, fresh)).toMatchObject([{ request: { outcome: 'OUTCOME_UNKNOWN' }, dueAt: expect.any(Number) }]);
});
