import { HOUR_MS } from '#libs/terms';

/** Before the next attempt, by those that failed; the last pause repeats. */
const PAUSES_MS = [1_000, 5_000, 30_000, 120_000, 600_000, HOUR_MS];

/** Pause before the attempt after `attempt`. */
export const pauseMsAfter = (attempt: number): number => PAUSES_MS[Math.min(attempt, PAUSES_MS.length) - 1] ?? 1_000;
