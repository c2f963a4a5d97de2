import { isTooSlow } from './pace.js';

it.each([
  [0, 0, false],
  [10_000, 0, false],
  [10_500, 0, true],
  [11_000, 1_023, true],
  [11_000, 1_024, false],
  [60_000, 51_199, true],
  [60_000, 51_200, false],
])('after %i ms with %i bytes a sender is too slow: %s', (elapsedMs, bytes, slow) =>
  expect(isTooSlow(elapsedMs, bytes)).toBe(slow),
);
