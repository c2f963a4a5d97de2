import { Fault, reasonOf } from './errors.js';
import { pause } from './delays.js';

/** A busy machine is not a broken one. */
const SHOWN_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 50;

/**
 * A broker answers a change when it is decided, and applies it a moment later: until then it shows the state before,
 * or an error. Looks until it shows the change.
 * @param what the sentence goes on behind "the broker does not show".
 * @throws Fault after two minutes, with the last error.
 */
export const untilShown = async (what: string, look: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + SHOWN_WITHIN_MS;
  for (;;) {
    let reason = '';
    try {
      if (await look()) return;
    } catch (error) {
      reason = `: ${reasonOf(error)}`;
    }
    if (Date.now() > deadline)
      throw new Fault(`the broker does not show ${what} after ${SHOWN_WITHIN_MS / 1_000} s${reason}`);
    await pause(LOOK_EVERY_MS);
  }
};
