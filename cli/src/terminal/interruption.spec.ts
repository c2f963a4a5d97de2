import { interruption, unlessInterrupted } from './interruption.js';

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

it('what nobody can break off is waited for no longer', async () => {
  const controller = new AbortController();
  const endless = unlessInterrupted(controller.signal, new Promise<never>(() => undefined));
  controller.abort();
  await expect(endless).rejects.toThrow('interrupted');
  await expect(unlessInterrupted(controller.signal, new Promise<never>(() => undefined))).rejects.toThrow(
    'interrupted',
  );
  expect(await unlessInterrupted(new AbortController().signal, Promise.resolve(7))).toBe(7);
  await expect(unlessInterrupted(new AbortController().signal, Promise.reject(new Error('no')))).rejects.toThrow('no');
});
