import { setTimeout as delay } from 'node:timers/promises';

/** Waits, or less when the signal is given. Never throws. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined);

/** Exponential, from 100 ms, at most 5 s. */
export const backoffMs = (attempt: number): number => Math.min(5_000, 100 * 2 ** Math.min(attempt, 10));

/** A promise that is settled from outside; an unheard rejection is no crash. */
export interface Deferred<T = void> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export const deferred = <T = void>(): Deferred<T> => {
  const made = {} as Deferred<T>;
  made.promise = new Promise<T>((resolve, reject) => Object.assign(made, { resolve, reject }));
  made.promise.catch(() => undefined);
  return made;
};

/** Resolves when the work is done or the time is up, whichever is first; failures count as done. */
export const within = (ms: number, work: Promise<unknown>): Promise<void> => {
  const stop = new AbortController();
  return Promise.race([
    work.then(
      () => undefined,
      () => undefined,
    ),
    pause(ms, stop.signal),
  ]).finally(() => stop.abort());
};
