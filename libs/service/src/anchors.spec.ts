import type { SignedAnchor } from '#libs/store';
import { MINUTE_MS } from '#libs/terms';
import { malformed } from '#libs/testing';
import { anchorKeeper } from './anchors.js';

const world = (make: () => SignedAnchor[] = () => []) => {
  const seen = { now: Date.UTC(2026, 10, 2, 23, 59), looks: [] as number[], errors: 0 };
  const log = {
    info: () => undefined,
    error: () => {
      seen.errors += 1;
    },
  };
  const store = {
    chain: {
      makeAnchors: async function* (now: number) {
        seen.looks.push(now);
        yield* make();
      },
    },
  };
  const keeper = anchorKeeper(malformed({ store, log, clock: { now: () => seen.now } }));
  return {
    seen,
    keeper,
    after: async (ms: number) => {
      seen.now += ms;
      await keeper.look();
    },
  };
};

it("looks at once, and again when a minute of the service's clock is over", async () => {
  const { seen, after } = world();
  for (const ms of [0, 500, 500, MINUTE_MS, 500]) await after(ms);
  expect(seen.looks.map((at) => at - (seen.looks[0] ?? 0))).toEqual([0, MINUTE_MS + 1_000]);
});
it('outlives a look that fails, and tries again', async () => {
  const { seen, after } = world(() => {
    throw new Error('the store is away');
  });
  for (const ms of [0, 2 * MINUTE_MS]) await after(ms);
  expect([seen.looks.length, seen.errors]).toEqual([2, 2]);
});
it('looks no more once it is stopped', async () => {
  const { seen, keeper, after } = world();
  keeper.stop();
  await after(0);
  expect(seen.looks).toEqual([]);
});
