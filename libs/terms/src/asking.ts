import { MINUTE_MS } from './durations.js';

/** What each of those who are asked has to answer, before the next is told as well, and before silence counts. */
export const shareMs = (minutes: number, asked: number): number =>
  Math.floor((minutes * MINUTE_MS) / Math.max(1, asked));
