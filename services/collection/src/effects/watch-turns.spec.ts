import type { Checkpoint } from '#libs/store';
import { MINUTE_MS } from '#libs/terms';
import { openWatchTurns, type WatchStore } from './watch-turns.js';

/** As the store does: the latest owner's epoch counts. */
const memory = (): WatchStore => {
  let epoch = 0;
  let kept: Checkpoint | undefined;
  return {
    loadCheckpoint: async () => kept,
    claimCheckpoint: async () => ({ epoch: (epoch += 1), checkpoint: kept }),
    saveCheckpoint: async (checkpoint) => {
      if (checkpoint.epoch < epoch) return false;
      kept = checkpoint;
      return true;
    },
  };
};
const looks = async (turns: ReturnType<typeof openWatchTurns>, now: number) => {
  const watching = await turns.take(now);
  if (watching) await turns.done(watching);
  return watching?.since;
};

it('watches without a break across a restart', async () => {
  const store = memory();
  expect(await looks(openWatchTurns(store), 0)).toBe(0);
  const restarted = openWatchTurns(store);
  expect(await looks(restarted, MINUTE_MS)).toBeUndefined();
  expect(await looks(restarted, 4 * MINUTE_MS)).toBe(0);
});

it('begins to watch anew after it was away, or asleep', async () => {
  const store = memory();
  await looks(openWatchTurns(store), 0);
  const later = openWatchTurns(store);
  expect(await looks(later, 60 * MINUTE_MS)).toBe(60 * MINUTE_MS);
  expect(await looks(later, 90 * MINUTE_MS)).toBe(90 * MINUTE_MS);
  expect(await looks(later, 91 * MINUTE_MS)).toBe(90 * MINUTE_MS);
});

it('lets one look at a time, and the other when that one stops', async () => {
  const store = memory();
  const [one, other] = [openWatchTurns(store), openWatchTurns(store)];
  expect(await looks(one, 0)).toBe(0);
  expect(await looks(other, MINUTE_MS)).toBeUndefined();
  expect(await looks(other, 4 * MINUTE_MS)).toBe(0);
  // It comes back and is told so; from then on it waits.
  expect(await looks(one, 4 * MINUTE_MS)).toBe(0);
  expect(await looks(one, 5 * MINUTE_MS)).toBeUndefined();
  expect(await looks(other, 5 * MINUTE_MS)).toBe(0);
});
