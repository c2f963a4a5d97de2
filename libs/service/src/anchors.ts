import type { Runtime } from './runtime.js';

/**
 * Between two looks for subjects that have no anchor of the day, by the service's clock; more where a look takes long.
 */
const LOOK_MS = 60_000;
/** A look may take this part of the time. */
const PART = 0.02;

/**
 * Makes the day's anchors when they are due: soon after midnight UTC, after a start, and for a subject that is new.
 * Days that were missed are covered by the next anchor.
 * @returns to be called often; `stop` makes a look under way end.
 */
export const anchorKeeper = ({
  store,
  clock,
  log,
}: Pick<Runtime, 'store' | 'clock' | 'log'>): { look(): Promise<void>; stop(): void } => {
  let next = 0;
  let stopping = false;
  return {
    look: async () => {
      if (stopping || clock.now() < next) return;
      const began = performance.now();
      try {
        for await (const { tenant, subject, day, number, streams, commits } of store.chain.makeAnchors(
          clock.now(),
          () => stopping,
        )) {
          log.info({ tenant, subject, day, number, streams, commits }, 'anchored');
        }
      } catch (error) {
        // Nothing else depends on it, and the next look makes up for it.
        log.error({ err: error }, 'anchors could not be made: trying again');
      }
      next = clock.now() + Math.max(LOOK_MS, (performance.now() - began) / PART);
    },
    stop: () => {
      stopping = true;
    },
  };
};
