import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { undoAction } from '../../src/session/run.js';
import { LOOK_AFTER_MS, type ConformanceCase } from './case.js';

/** What is being taken back by another is neither there already nor verified: registers jest tests. */
export const turningBehaviour = (one: ConformanceCase): void => {
  const { action, verify, run, reconcile } = one;
  it('is not verified while what is in force is being taken back', async () => {
    const { given, since } = await turningIn(one, 2 * action.lagMs);
    for (const part of [0.2, 1.1]) {
      await given.clock.sleep(since + part * action.lagMs - given.clock.now());
      expect(await verify(given)).toMatchObject({ conclusive: false, effective: false, reason: 'VENDOR_LAG' });
    }
    await given.clock.sleep(2 * action.lagMs);
    expect(await verify(given, { since })).toMatchObject({ conclusive: true, effective: false });
  });
  it('is done anew once what is in force has been taken back', async () => {
    const { given } = await turningIn(one, MINUTE_MS);
    const before = given.effects().length;
    const { alreadyInForce, ...result } = await run(given);
    expect([alreadyInForce, result]).toEqual([
      undefined,
      expect.objectContaining({ outcome: 'SUCCEEDED', vendorRef: expect.stringMatching(/./) }),
    ]);
    expect(given.effects().length).toBeGreaterThan(before);
    await given.clock.sleep(LOOK_AFTER_MS);
    expect(await verify(given)).toMatchObject({ conclusive: true, effective: true });
  });
  it('is not done, and says so, where the taking back takes too long', async () => {
    const { given } = await turningIn(one, DAY_MS);
    const before = given.effects();
    expect(await reconcile(given)).toMatchObject({ outcome: 'OUTCOME_UNKNOWN', mayRepeat: false });
    expect(await run(given, { pollForMs: MINUTE_MS })).toMatchObject({
      outcome: 'FAILED',
      detail: expect.stringContaining('nothing was sent'),
    });
    expect(given.effects()).toEqual(before);
  });
  it('is not seen undone while the vendor takes its time over it', async () => {
    const { given, since } = await turningIn(one, 2 * action.lagMs);
    await given.clock.sleep(1.1 * action.lagMs);
    const of = action.inverse;
    expect(await verify(given, { of, since })).toMatchObject({ conclusive: false, reason: 'VENDOR_LAG' });
  });
};

/** Done for another, whose undoing the vendor has accepted, and finishes so much later. */
const turningIn = async ({ action, rig, run, targetIn }: ConformanceCase, byMs: number) => {
  const given = await rig();
  await run(given, { idempotencyKey: 'another' });
  await given.clock.sleep(MINUTE_MS);
  given.standin.misbehave('linger', { byMs });
  const undoing = { idempotencyKey: 'another-undo', undoes: 'another', pollForMs: 0 };
  expect(await undoAction(given.session, action.actionClass, targetIn(given), undoing)).toMatchObject({
    outcome: 'OUTCOME_UNKNOWN',
  });
  given.standin.misbehave('honest');
  return { given, since: given.clock.now() };
};
