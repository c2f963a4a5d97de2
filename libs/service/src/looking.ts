import { interruptibleRest } from '#libs/store';
import type { Clock } from './definition.js';

/** Between two looks at most: what another instance left undone, or somebody changed by hand, is found by then. */
export const LOOK_AGAIN_MS = 5_000;
/** And at least, so that a clock that stands still is not asked without end. */
const LEAST_MS = 50;

export interface Lookout {
  /** Looks at once, or as soon as the look under way is over. */
  wake(): void;
  /** Looks by then, epoch ms of the service's clock. */
  wakeBy(at: number): void;
  /** Resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** How long to rest until `at`, in ms of the machine. */
export const restUntil = (at: number | undefined, now: number): number =>
  at === undefined ? LOOK_AGAIN_MS : Math.min(Math.max(at - now, LEAST_MS), LOOK_AGAIN_MS);

/**
 * Looks whether something is to be done: at once, when woken, when the clock is moved, and when `look` asks for it.
 * @param look one at a time. @returns when to look again, epoch ms; after 5 s when it gives nothing.
 * @param failed told what went wrong with a look; the next comes all the same.
 */
export const looking = (
  look: () => Promise<number | undefined>,
  { clock, failed }: { clock: Clock; failed: (error: unknown) => void },
): Lookout => {
  const rest = interruptibleRest();
  let stopping = false;
  let next = 0;
  const forgetClock = clock.onMove?.(rest.wake);
  const loop = (async () => {
    while (!stopping) {
      rest.begin();
      next = Infinity;
      const at = await look().catch(failed);
      next = Math.min(next, at ?? Infinity);
      if (!stopping) await rest.until(restUntil(next, clock.now()));
    }
  })();
  return {
    wake: rest.wake,
    wakeBy: (at) => {
      // Whatever is due later is found by then.
      if (at >= next || at > clock.now() + LOOK_AGAIN_MS) return;
      next = at;
      rest.wake();
    },
    stop: async () => {
      stopping = true;
      forgetClock?.();
      rest.wake();
      await loop;
    },
  };
};
