import { HOUR_MS, MINUTE_MS } from '#libs/terms';

const SHORTEST_MS = 5_000;
const LONGEST_MS = 15 * MINUTE_MS;
/** What a vendor may ask for at most: a window of GitHub's is an hour. */
const MOST_ASKED_MS = HOUR_MS;

/**
 * How long to wait after so many failures in a row, ms: twice as long each time, or as long as the vendor says.
 * @param retryAt epoch ms.
 */
export const waitMs = (failures: number, now: number, retryAt?: number): number =>
  retryAt === undefined
    ? Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(failures - 1, 20))
    : Math.min(MOST_ASKED_MS, Math.max(1_000, retryAt - now));
