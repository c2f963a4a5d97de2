import { interruption } from './interruption.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a command is interrupted by %s', (name) => {
  const { signal, forget } = interruption(() => 1);
  process.emit(name);
  expect(signal.aborted).toBe(true);
  forget();
});

it('a command is interrupted by the end of what called it, and by nothing once that is forgotten', () => {
  let parent = 7;
  const first = interruption(() => parent);
  jest.advanceTimersByTime(5_000);
  expect(first.signal.aborted).toBe(false);
  const second = interruption(() => parent);
  second.forget();
  parent = 1;
  jest.advanceTimersByTime(5_000);
  expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false]);
  first.forget();
});
