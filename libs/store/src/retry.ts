import { setTimeout as pause } from 'node:timers/promises';
import { faultOf, isPassing } from './errors.js';
import type { StoreLog } from './port.js';

/** Runs an idempotent operation until it succeeds, within the patience. */
export type Patiently = <T>(doing: string, operation: () => Promise<T>) => Promise<T>;

/**
 * Retries what network errors and elections broke, for `patienceMs`; everything else is thrown as it is.
 * @throws Fault when the patience is over.
 */
export const patient =
  (patienceMs: number, log: StoreLog): Patiently =>
  async (doing, operation) => {
    const until = Date.now() + patienceMs;
    for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1_000)) {
      try {
        return await operation();
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (Date.now() + waitMs > until) throw faultOf(doing, error);
        log.warn(
          { doing, waitMs, reason: error instanceof Error ? error.message : String(error) },
          'the store is away: trying again',
        );
        await pause(waitMs);
      }
    }
  };
