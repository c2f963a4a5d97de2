import type { Runtime } from './runtime.js';

/** A look may take this part of the time. */
const PART = 0.02;

/** To be looked for often enough; `stop` makes a look under way end. */
export interface NowAndThen {
  look(): Promise<void>;
  stop(): void;
}

/**
 * Work that nothing else depends on and that the next look makes up for.
 * @param lookMs between two looks, by the service's clock; more where a look takes long. @param failed in words.
 */
export const nowAndThen = (
  { clock, log }: Pick<Runtime, 'clock' | 'log'>,
  failed: string,
  lookMs: number,
  work: (stopping: () => boolean) => Promise<void>,
): NowAndThen => {
  let next = 0;
  let stopping = false;
  return {
    look: async () => {
      if (stopping || clock.now() < next) return;
      const began = performance.now();
      await work(() => stopping).catch((error: unknown) => log.error({ err: error }, `${failed}: trying again`));
      next = clock.now() + Math.max(lookMs, (performance.now() - began) / PART);
    },
    stop: () => {
      stopping = true;
    },
  };
};
