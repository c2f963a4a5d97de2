import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { LOOK_AFTER_MS, type ConformanceCase } from './case.js';
import type { ConnectorRig } from './rig.js';

const PROVED = { conclusive: true, effective: true };
const DISPROVED = { conclusive: true, effective: false };
const notYet = (reason: string) => ({ conclusive: false, effective: false, reason });

/**
 * What may be called verified: registers jest tests. Time is virtual, and vendors lag by minutes of it.
 */
export const verifiedBehaviour = (one: ConformanceCase): void => {
  provedBehaviour(one);
  unprovedBehaviour(one);
  slowBehaviour(one);
};

/** Carried out, and so many ms waited since. @returns looks for the effect that was done then. */
const doneIn = async (
  { rig, run, verify }: ConformanceCase,
  prepare: (given: ConnectorRig) => void = () => undefined,
) => {
  const given = await rig();
  prepare(given);
  expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
  const since = given.clock.now();
  given.standin.misbehave('honest');
  return {
    given,
    since,
    lookAt: async (afterMs: number) => {
      await given.clock.sleep(since + afterMs - given.clock.now());
      return verify(given, { since });
    },
  };
};

const provedBehaviour = (one: ConformanceCase): void => {
  const { lagMs } = one.action;
  it('is verified by evidence that states its age and the lag allowed', async () => {
    const { given, since, lookAt } = await doneIn(one);
    const seen = await lookAt(LOOK_AFTER_MS);
    expect(seen).toMatchObject({ ...PROVED, lagMs, evidence: expect.stringMatching(/\w/) });
    expect(seen.observedAt).toBeGreaterThan(since);
    expect(seen.observedAt).toBeLessThanOrEqual(given.clock.now());
  });
  it('is verified by silence alone only once its lag is over, and others were heard all the while', async () => {
    const { given, lookAt } = await doneIn(one);
    given.standin.misbehave('quiet');
    for (const afterMs of [LOOK_AFTER_MS, 2 * MINUTE_MS, 0.9 * lagMs])
      expect(await lookAt(afterMs)).toMatchObject(notYet('VENDOR_LAG'));
    expect(await lookAt(lagMs + MINUTE_MS)).toMatchObject(PROVED);
  });
};

const unprovedBehaviour = (one: ConformanceCase): void => {
  const { lagMs, targetKind } = one.action;
  it('is not verified where the vendor says yes and nothing changes, and is disproved once its lag is over', async () => {
    const { lookAt } = await doneIn(one, ({ standin }) => standin.misbehave('lie'));
    for (const part of [0, 0.1, 0.5, 0.9]) expect(await lookAt(part * lagMs)).toMatchObject(notYet('VENDOR_LAG'));
    expect(await lookAt(lagMs + MINUTE_MS)).toMatchObject(DISPROVED);
  });
  it('is not verified while the whole source is silent, however long', async () => {
    const { given, lookAt } = await doneIn(one);
    given.standin.misbehave('mute');
    for (const afterMs of [0, LOOK_AFTER_MS, lagMs / 2, 2 * lagMs, DAY_MS])
      expect(await lookAt(afterMs)).toMatchObject(notYet('SOURCE_SILENT'));
    given.standin.misbehave('honest');
    expect(await lookAt(DAY_MS + MINUTE_MS)).toMatchObject(PROVED);
  });
  it('is not verified by a state that is read back wrong, and is disproved once the lag is over', async () => {
    const { given, lookAt } = await doneIn(one);
    given.standin.misbehave('misread');
    expect(await lookAt(LOOK_AFTER_MS)).toMatchObject(notYet('VENDOR_LAG'));
    expect(await lookAt(lagMs + MINUTE_MS)).toMatchObject(DISPROVED);
  });
  it('is not verified, and not disproved, while the vendor cannot be asked', async () => {
    const { given, lookAt } = await doneIn(one);
    await given.standin.stop();
    expect(await lookAt(2 * lagMs)).toMatchObject(notYet('VENDOR_UNAVAILABLE'));
  });
  // An account gives no sign of life of its own that could be missing.
  if (targetKind === 'HOST')
    it('is not verified on a host that is off, however long', async () => {
      const { given, lookAt } = await doneIn(one);
      given.standin.misbehave('offline');
      for (const afterMs of [2 * MINUTE_MS, 2 * lagMs, DAY_MS])
        expect(await lookAt(afterMs)).toMatchObject(notYet('TARGET_OFFLINE'));
      given.standin.misbehave('honest');
      expect(await lookAt(DAY_MS + MINUTE_MS)).toMatchObject(PROVED);
    });
};

const slowBehaviour = (one: ConformanceCase): void => {
  const { lagMs } = one.action;
  it('is verified when a vendor does it late, within its lag', async () => {
    const { lookAt } = await doneIn(one, ({ standin }) => standin.misbehave('late', { byMs: lagMs / 2 }));
    for (const part of [0, 0.1, 0.45]) expect(await lookAt(part * lagMs)).toMatchObject(notYet('VENDOR_LAG'));
    expect(await lookAt(lagMs / 2 + MINUTE_MS)).toMatchObject(PROVED);
  });
  it('is not verified where a vendor is slower than it states', async () => {
    const { lookAt } = await doneIn(one, ({ standin }) => standin.misbehave('late', { byMs: 2 * lagMs }));
    for (const part of [0, 0.5, 0.9]) expect(await lookAt(part * lagMs)).toMatchObject(notYet('VENDOR_LAG'));
    expect(await lookAt(lagMs + MINUTE_MS)).toMatchObject(DISPROVED);
  });
  it('is verified once telemetry that lags by minutes has it', async () => {
    const { given, lookAt } = await doneIn(one);
    given.standin.misbehave('behind', { byMs: lagMs / 2 });
    for (const part of [0, 0.1, 0.45]) expect(await lookAt(part * lagMs)).toMatchObject(notYet('SOURCE_SILENT'));
    expect(await lookAt(lagMs / 2 + 2 * MINUTE_MS)).toMatchObject(PROVED);
  });
  it('is never verified by telemetry that lags, where nothing changed', async () => {
    const { given, lookAt } = await doneIn(one, ({ standin }) => standin.misbehave('lie'));
    given.standin.misbehave('behind', { byMs: lagMs / 2 });
    for (const part of [0, 0.25, 0.5, 0.75, 1, 1.25])
      expect(await lookAt(part * lagMs)).toMatchObject({ conclusive: false });
    expect(await lookAt(1.5 * lagMs + MINUTE_MS)).toMatchObject(DISPROVED);
  });
};
