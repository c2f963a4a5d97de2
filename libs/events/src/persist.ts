import { Fault, reasonOf } from './errors.js';
import { backoffMs, pause } from './delays.js';

export interface Persistence {
  /** How long the work is repeated. */
  patienceMs: number;
  /** Ends the waiting between two attempts. */
  signal: AbortSignal;
  /** Asked before each repetition: the partition is ours no longer, or the service stops. */
  abandoned(): boolean;
  onFailure(error: unknown, attempt: number): void;
}

/**
 * Repeats failing work with growing pauses.
 * @returns whether it was done (false: abandoned). @throws Fault when the patience is at an end.
 */
export const persist = async (
  work: () => Promise<void>,
  { patienceMs, signal, abandoned, onFailure }: Persistence,
): Promise<boolean> => {
  const deadline = Date.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    try {
      await work();
      return true;
    } catch (error) {
      onFailure(error, attempt);
      if (Date.now() >= deadline) throw error instanceof Fault ? error : new Fault(reasonOf(error), { cause: error });
    }
    await pause(backoffMs(attempt), signal);
    if (abandoned()) return false;
  }
};
