import type { PullFold } from '#libs/terms';
import { openBoard, type OpenPull } from './board.js';

const foldOf = (source: string): PullFold => ({
  source,
  settings: { vendor: 'v', baseUrl: 'https://v.example', account: '', secretRef: 's', include: [] },
  since: 0,
  cursor: null,
  run: 1,
  failing: null,
  events: 0,
  bytes: 0,
  reachedAt: null,
  advancedAt: null,
});

const open = (stepOf: (tenant: string) => OpenPull['step']) => {
  const clock = { ms: 0 };
  const board = openBoard({
    log: { warn: () => undefined },
    now: () => clock.ms,
    ask: async () => undefined,
    open: (tenant) => ({ nextAt: 0, step: stepOf(tenant) }),
  });
  const pulls = (...tenants: string[]) => tenants.map((tenant, at) => ({ tenant, doc: foldOf(`s${at}`) }));
  return { clock, board, pulls };
};

describe('whose turn it is to be pulled', () => {
  it('is not held up by vendors that are slow, of whichever tenants', async () => {
    const begun: string[] = [];
    const waits: (() => void)[] = [];
    const { clock, board, pulls } = open((tenant) => async () => {
      begun.push(tenant);
      if (tenant.startsWith('slow')) await new Promise<void>((done) => waits.push(done));
      return false;
    });
    const slow = Array.from({ length: 10 }, (_, at) => `slow${at}`);
    await board.look(pulls(...slow), 1);
    await board.look(pulls(...slow, 'quick'), 1);
    expect(begun).toEqual(slow.slice(0, 8));
    clock.ms = 6_000;
    await board.look(pulls(...slow, 'quick'), 1);
    expect(begun).toEqual([...slow, 'quick']);
    for (const done of waits) done();
    await board.end();
  });

  it('is over after a while, that others have theirs', async () => {
    let steps = 0;
    const { clock, board, pulls } = open(() => async () => {
      steps += 1;
      clock.ms += 4_000;
      return true;
    });
    await board.look(pulls('acme'), 1);
    await board.end();
    expect(steps).toBeLessThanOrEqual(4);
    expect(steps).toBeGreaterThan(0);
  });

  it('comes to all others while one that is removed, or of another run, does not settle', async () => {
    const begun: string[] = [];
    const waits: (() => void)[] = [];
    const { board, pulls } = open((tenant) => async () => {
      begun.push(tenant);
      if (tenant === 'stuck' && waits.length === 0) await new Promise<void>((done) => waits.push(done));
      return false;
    });
    const [stuck] = pulls('stuck');
    const [quick] = pulls('quick');
    const inRun2 = <Pull extends { doc: PullFold }>(pull: Pull): Pull => ({ ...pull, doc: { ...pull.doc, run: 2 } });
    if (!stuck || !quick) throw new Error('two are pulled');
    await board.look([stuck], 1);
    // When it is removed, comes back, and another run begins.
    await board.look([quick], 1);
    await new Promise(setImmediate);
    await board.look([stuck, quick], 1);
    await new Promise(setImmediate);
    await board.look([stuck, inRun2(quick)], 2);
    expect(begun).toEqual(['stuck', 'quick', 'quick', 'quick']);
    // Then it is pulled again once what was under way has ended.
    waits[0]?.();
    await new Promise(setImmediate);
    await board.look([inRun2(stuck)], 2);
    expect(begun.at(-1)).toBe('stuck');
    await board.end();
  });

  it('may never end, and is left behind when all is ended', async () => {
    jest.useFakeTimers();
    const { board, pulls } = open(() => () => new Promise(() => undefined));
    await board.look(pulls('stuck'), 1);
    const ended = board.end();
    await jest.advanceTimersByTimeAsync(10_000);
    await ended;
    jest.useRealTimers();
  });
});
