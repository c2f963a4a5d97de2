import { LOOK_AGAIN_MS, looking, restUntil } from './looking.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it.each([
  ['nothing is to come', undefined, LOOK_AGAIN_MS],
  ['it is far away', 1_000_000, LOOK_AGAIN_MS],
  ['it is near', 1_200, 200],
  ['it has passed', 900, 50],
])('rests, when %s, for the right time', (_when, at, expected) => {
  expect(restUntil(at, 1_000)).toBe(expected);
});

/** Looks that are counted, of a clock that stands still. */
const counted = (answers: (number | undefined)[]) => {
  const looks: number[] = [];
  let moved: () => void = () => undefined;
  const rounds = looking(
    async () => {
      looks.push(Date.now());
      return answers.shift();
    },
    { clock: { now: () => 0, onMove: (told) => ((moved = told), () => undefined) }, failed: () => undefined },
  );
  return { looks, rounds, move: () => moved() };
};

it('looks at once, then when the last look asked for it, then every five seconds', async () => {
  const { looks, rounds } = counted([300]);
  await jest.advanceTimersByTimeAsync(0);
  expect(looks).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(300);
  expect(looks).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(LOOK_AGAIN_MS - 1);
  expect(looks).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(1);
  expect(looks).toHaveLength(3);
  await rounds.stop();
});

it('looks when it is woken, when its clock is moved, and by the time somebody names, if that is soon', async () => {
  const { looks, rounds, move } = counted([]);
  await jest.advanceTimersByTimeAsync(0);
  rounds.wake();
  await jest.advanceTimersByTimeAsync(0);
  move();
  await jest.advanceTimersByTimeAsync(0);
  expect(looks).toHaveLength(3);
  rounds.wakeBy(LOOK_AGAIN_MS + 1);
  await jest.advanceTimersByTimeAsync(0);
  expect(looks).toHaveLength(3);
  rounds.wakeBy(100);
  await jest.advanceTimersByTimeAsync(0);
  expect(looks).toHaveLength(4);
  await rounds.stop();
});
