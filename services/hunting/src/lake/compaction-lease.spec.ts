import type { Lease, Store } from '#libs/store';
import { compactionLease } from './compaction-lease.js';

/** A lease of the store whose answers are given. */
const storeOf = (answers: { holds: boolean; epoch: number }[]) => {
  let now = { holds: false, epoch: 0 };
  const lease: Lease = {
    hold: async () => (now = answers.shift() ?? now).holds,
    isHeld: () => now.holds,
    epoch: () => now.epoch,
    release: async () => undefined,
  };
  return { lease: () => lease } satisfies Pick<Store, 'lease'>;
};

it.each([
  ['is held while its epoch stands', [true, true], [1, 1], [true, true]],
  ['is not held by two', [false], [0], [false]],
  ['is lost for good once it was lost', [true, false, true], [1, 1, 1], [true, false, false]],
  ['is lost when somebody had it in between', [true, true], [1, 3], [true, false]],
])('a lease of compaction %s', async (_name, holds, epochs, expected) => {
  const lease = compactionLease(storeOf(holds.map((one, at) => ({ holds: one, epoch: epochs[at] ?? 0 }))), 'place');
  const found: boolean[] = [];
  for (const _ of expected) found.push(await lease.hold());
  await lease.release();
  expect(found).toEqual(expected);
});
