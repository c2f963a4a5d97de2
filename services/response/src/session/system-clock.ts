import { setTimeout as pause } from 'node:timers/promises';
import type { PausingClock } from '../connectors/connector.js';

/** The machine's own time; tests use virtual time instead. */
export const systemClock: PausingClock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await pause(ms, undefined, { signal });
  },
};
