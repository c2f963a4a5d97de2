import { undoAction } from '../../src/session/run.js';
import { LOOK_AFTER_MS, once, type ConformanceCase } from './case.js';

/** What comes of an action where the vendor answers: registers jest tests. */
export const outcomesBehaviour = (one: ConformanceCase): void => {
  doneOnceBehaviour(one);
  patientBehaviour(one);
  foreignBehaviour(one);
};

const doneOnceBehaviour = ({ rig, targetIn, run, verify, action }: ConformanceCase): void => {
  it('is done, is seen, and is undone', async () => {
    const given = await rig();
    expect(await verify(given, { since: given.clock.now() - action.lagMs })).toMatchObject({
      conclusive: true,
      effective: false,
    });
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: expect.stringMatching(/./) });
    await given.clock.sleep(LOOK_AFTER_MS);
    expect(await verify(given)).toMatchObject({ effective: true });
    expect(
      await undoAction(given.session, action.actionClass, targetIn(given), {
        idempotencyKey: 'action-1-undo',
        undoes: 'action-1',
      }),
    ).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await verify(given, { of: action.inverse })).toMatchObject({ effective: true });
    expect(await verify(given)).toMatchObject({ effective: false });
  });
  it('is done once, however often it is run', async () => {
    const given = await rig();
    await run(given);
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await run(given, { idempotencyKey: 'another' })).toMatchObject({
      outcome: 'SUCCEEDED',
      detail: expect.stringContaining('nothing was sent'),
    });
    once(given.effects());
  });
  it('is not believed when the vendor lies', async () => {
    const given = await rig();
    given.standin.misbehave('lie');
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await verify(given)).toMatchObject({ effective: false });
    expect(given.effects()).toEqual([]);
  });
};

const patientBehaviour = ({ rig, run }: ConformanceCase): void => {
  it('waits for its turn when told 429, and is done once', async () => {
    const given = await rig();
    given.standin.misbehave('rate-limit', { times: 4 });
    const before = given.clock.now();
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(given.clock.now() - before).toBeGreaterThanOrEqual(2_000);
    once(given.effects());
  });
  it('does not wait for ever', async () => {
    const given = await rig();
    given.standin.misbehave('rate-limit', { times: 10_000 });
    const before = given.clock.now();
    expect(await run(given)).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('rate limit') });
    expect(given.clock.now() - before).toBeLessThanOrEqual(120_000);
    expect(given.effects()).toEqual([]);
  });
  it('bears a slow vendor', async () => {
    const given = await rig();
    given.standin.misbehave('slow', { slowMs: 20 });
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
  });
};

const foreignBehaviour = ({ rig, targetIn, run, reconcile, action }: ConformanceCase): void => {
  it('is not lifted where somebody else took it away since', async () => {
    const given = await rig();
    await run(given);
    const undoing = { idempotencyKey: 'theirs', undoes: 'action-1' };
    await undoAction(given.session, action.actionClass, targetIn(given), undoing);
    await given.clock.sleep(LOOK_AFTER_MS);
    await run(given, { idempotencyKey: 'another' });
    const before = given.effects();
    expect(
      await undoAction(given.session, action.actionClass, targetIn(given), { ...undoing, idempotencyKey: 'ours' }),
    ).toMatchObject({
      outcome: 'FAILED',
      detail: expect.stringContaining(`it is not lifted, propose ${action.inverse}`),
    });
    expect(given.effects()).toEqual(before);
  });
  it('claims nothing that was in force already, so that nobody lifts it', async () => {
    const given = await rig();
    await run(given, { idempotencyKey: 'another' });
    expect(await run(given)).toMatchObject({
      outcome: 'SUCCEEDED',
      vendorRef: '',
      detail: expect.stringContaining('in force already'),
    });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: '' });
    expect(await reconcile(given)).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: '' });
  });
};
