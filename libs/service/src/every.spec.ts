import { every } from './every.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('leaves a turn out while the one before is under way, and ends once that is over', async () => {
  let [begun, ended] = [0, false];
  let finish: () => void = () => undefined;
  const stop = every(
    10,
    () =>
      new Promise<void>((resolve) => {
        begun += 1;
        finish = resolve;
      }),
    () => undefined,
  );
  await jest.advanceTimersByTimeAsync(35);
  expect(begun).toBe(1);
  finish();
  await jest.advanceTimersByTimeAsync(10);
  expect(begun).toBe(2);
  const stopped = stop().then(() => {
    ended = true;
  });
  await jest.advanceTimersByTimeAsync(50);
  expect([begun, ended]).toEqual([2, false]);
  finish();
  await stopped;
  expect(begun).toBe(2);
});
it('goes on after a turn that failed, and says so', async () => {
  const told: unknown[] = [];
  const stop = every(
    10,
    () => Promise.reject(new Error('no')),
    (error) => void told.push(error),
  );
  await jest.advanceTimersByTimeAsync(25);
  await stop();
  expect(told).toEqual([new Error('no'), new Error('no')]);
});
