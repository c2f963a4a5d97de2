import type { Checkpoint } from '#libs/store';
import { MINUTE_MS } from '#libs/terms';
import { openListening, type ListeningStore } from './listening.js';

/** One store and one machine's clock, with instances that come and go. */
const machine = () => {
  let kept: Checkpoint | undefined;
  let now = 1_000_000;
  const store: ListeningStore = {
    loadCheckpoint: async () => kept,
    saveCheckpoint: async (checkpoint) => {
      kept = checkpoint;
      return true;
    },
  };
  const start = async () => {
    const listening = openListening('response', { store, clock: { now: () => now } }, () => now);
    await listening.begin();
    return listening;
  };
  return { start, pass: (minutes: number) => (now += minutes * MINUTE_MS), now: () => now };
};

it('has listened since its first beginning, through a quick restart and beside another instance', async () => {
  const { start, pass, now } = machine();
  const first = now();
  await (await start()).sign();
  pass(1);
  const [one, other] = [await start(), await start()];
  expect([one.since(), other.since()]).toEqual([first, first]);
  await one.sign();
  pass(1.5);
  await other.sign();
  pass(1.5);
  await one.sign();
  expect([one.since(), other.since()]).toEqual([first, first]);
});

it('has listened since it came back, after all instances were away, even if one had begun for a moment', async () => {
  const { start, pass, now } = machine();
  await (await start()).sign();
  pass(40);
  const back = now();
  expect((await start()).since()).toBe(back);
  pass(1);
  const again = await start();
  expect(again.since()).toBe(back + MINUTE_MS);
  await again.sign();
  pass(1);
  await again.sign();
  expect(again.since()).toBe(back + MINUTE_MS);
});

it('says that it does not know while it gives no sign, and since then afterwards', async () => {
  const { start, pass, now } = machine();
  const listening = await start();
  await listening.sign();
  pass(10);
  expect(listening.since()).toBe(now());
  pass(1);
  await listening.sign();
  const back = now();
  pass(1);
  expect(listening.since()).toBe(back);
});
