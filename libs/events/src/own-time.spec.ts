import { openOwnTime, shareBetween, type ThreadTimes } from './own-time.js';

const at = (worked: number, waited: number): ThreadTimes => ({ worked, waited });

it.each<[sentence: string, before: ThreadTimes | undefined, after: ThreadTimes | undefined, share: number]>([
  ['has all it wanted on a machine that is free', at(10, 1), at(110, 1), 1],
  ['has half of it beside another one', at(0, 0), at(50, 50), 0.5],
  ['has a tenth at least, however many there are', at(0, 0), at(1, 4_000), 0.1],
  ['has all it wanted where it wanted nothing', at(5, 5), at(5, 5), 1],
  ['is taken for one that has all where nobody tells', undefined, undefined, 1],
])('a thread %s', (_sentence, before, after, share) => expect(shareBetween(before, after)).toBe(share));

it('of time that was looked at too late one turn counts, and of a turn what the thread had of it', () => {
  let [now, times] = [0, at(0, 0)];
  const own = openOwnTime(
    5_000,
    () => times,
    () => now,
  );
  const look = (ms: number, worked: number, waited: number): number => {
    now += ms;
    times = at(times.worked + worked, times.waited + waited);
    return own();
  };
  expect(look(5_000, 10, 0)).toBe(5_000);
  // Stopped for a minute.
  expect(look(60_000, 10, 0)).toBe(5_000);
  // At work, beside three others on its core.
  expect(look(5_000, 1_250, 3_750)).toBe(1_250);
  // Idle, and late whenever it wakes.
  expect(look(5_000, 5, 500)).toBe(500);
});
