import { once } from 'node:events';
import { Fault } from '#libs/model';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LOOK_EVERY_MS = 500;

/** That somebody wants a command to end: by Ctrl-C, by a signal, or by ending what called it. */
export interface Interruption {
  signal: AbortSignal;
  /** From then on signals do what they do by themselves. */
  forget(): void;
}

/**
 * Listens until it is forgotten. npm hands not every signal on: a command whose caller has gone is to end as well.
 * @param parentOf who called this process; another number once that has gone.
 */
export const interruption = (parentOf: () => number = () => process.ppid): Interruption => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const caller = parentOf();
  const look = setInterval(() => {
    if (parentOf() !== caller) abort();
  }, LOOK_EVERY_MS).unref();
  SIGNALS.forEach((name) => process.once(name, abort));
  return {
    signal: controller.signal,
    forget: () => {
      clearInterval(look);
      SIGNALS.forEach((name) => process.off(name, abort));
    },
  };
};

/** Work that nobody can break off is waited for no longer once it is interrupted. @throws Fault then. */
export const unlessInterrupted = async <T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> => {
  if (!signal) return work;
  const done = new AbortController();
  const interrupted = (async (): Promise<never> => {
    if (!signal.aborted) await once(signal, 'abort', { signal: done.signal });
    throw new Fault('interrupted');
  })();
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    done.abort();
  }
};
