import { nowAndThen, type NowAndThen } from './now-and-then.js';
import type { Runtime } from './runtime.js';

/** Between two looks for subjects that have no anchor of the day. */
const LOOK_MS = 60_000;

/**
 * Makes the day's anchors when they are due: soon after midnight UTC, after a start, and for a subject that is new.
 * Days that were missed are covered by the next anchor.
 */
export const anchorKeeper = ({ store, clock, log }: Pick<Runtime, 'store' | 'clock' | 'log'>): NowAndThen =>
  nowAndThen({ clock, log }, 'anchors could not be made', LOOK_MS, async (stopping) => {
    for await (const made of store.chain.makeAnchors(clock.now(), stopping)) {
      const { tenant, subject, day, number, streams, commits } = made;
      log.info({ tenant, subject, day, number, streams, commits }, 'anchored');
    }
  });
