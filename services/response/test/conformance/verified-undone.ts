import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { undoAction } from '../../src/session/run.js';
import { LOOK_AFTER_MS, type ConformanceCase } from './case.js';
import type { ConnectorRig } from './rig.js';

const notYet = (reason: string) => ({ conclusive: false, effective: false, reason });

/** What may be called undone: registers jest tests. */
export const verifiedUndoneBehaviour = (one: ConformanceCase): void => {
  const { action } = one;
  const { lagMs } = action;
  it('is not undone where the vendor says so and nothing changes', async () => {
    const { lookAt } = await undoneIn(one, ({ standin }) => standin.misbehave('lie'));
    for (const part of [0, 0.5, 0.9]) expect(await lookAt(part * lagMs)).toMatchObject(notYet('VENDOR_LAG'));
    expect(await lookAt(lagMs + 2 * MINUTE_MS)).toMatchObject({ conclusive: true, effective: false });
  });
  it('is neither undone nor not while the vendor cannot be asked', async () => {
    const { given, lookAt } = await undoneIn(one);
    await given.standin.stop();
    expect(await lookAt(2 * lagMs)).toMatchObject(notYet('VENDOR_UNAVAILABLE'));
  });
  it.each([
    ['the whole source is silent', 'mute', 'SOURCE_SILENT'],
    ['the host is off', 'offline', 'TARGET_OFFLINE'],
  ] as const)('is not seen undone by telemetry while %s', async (_, mode, reason) => {
    const { given, inverse, lookAt } = await undoneIn(one);
    given.standin.misbehave(mode);
    const seen = await lookAt(DAY_MS);
    // A state that is read back needs no telemetry.
    expect(seen).toMatchObject(inverse.provedBy === 'STATE' ? { conclusive: true, effective: true } : notYet(reason));
    given.standin.misbehave('honest');
    expect(await lookAt(DAY_MS + LOOK_AFTER_MS)).toMatchObject({ conclusive: true, effective: true });
  });
};

/** Done, undone as the vendor says; then looks for the effect of the inverse. */
const undoneIn = async (
  { action, rig, run, verify, targetIn }: ConformanceCase,
  prepare: (given: ConnectorRig) => void = () => undefined,
) => {
  const given = await rig();
  await run(given);
  await given.clock.sleep(MINUTE_MS);
  prepare(given);
  const undoing = { idempotencyKey: 'action-1-undo', undoes: 'action-1', pollForMs: 0 };
  await undoAction(given.session, action.actionClass, targetIn(given), undoing);
  const since = given.clock.now();
  given.standin.misbehave('honest');
  const inverse = given.session.action(action.inverse);
  if (!inverse) throw new Error(`${action.inverse} is not offered`);
  return {
    given,
    inverse,
    lookAt: async (afterMs: number) => {
      await given.clock.sleep(since + afterMs - given.clock.now());
      return verify(given, { of: action.inverse, since });
    },
  };
};
