import { persist } from './persist.js';

const failing = (times: number): { calls(): number; work(): Promise<void> } => {
  let calls = 0;
  return {
    calls: () => calls,
    work: () => (calls++ < times ? Promise.reject(new Error(`failure ${calls}`)) : Promise.resolve()),
  };
};
const given = {
  patienceMs: 10_000,
  signal: new AbortController().signal,
  abandoned: () => false,
  onFailure: () => undefined,
};

describe('persist', () => {
  it('repeats until it is done', async () => {
    const { work, calls } = failing(2);
    expect(await persist(work, given)).toBe(true);
    expect(calls()).toBe(3);
  });

  it('ends in a fault, with the reason, when the patience is at an end', async () => {
    await expect(persist(failing(9).work, { ...given, patienceMs: 0 })).rejects.toThrow(
      expect.objectContaining({ name: 'Fault', message: 'failure 1' }),
    );
  });

  it("gives up, without a fault, when the work is somebody else's now", async () => {
    const stop = new AbortController();
    const { work, calls } = failing(9);
    expect(
      await persist(work, { ...given, signal: stop.signal, abandoned: () => true, onFailure: () => stop.abort() }),
    ).toBe(false);
    expect(calls()).toBe(1);
  });
});
