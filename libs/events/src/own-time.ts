import { readFileSync } from 'node:fs';

/** What the thread of the event loop has had and wanted since it began, ms. */
export interface ThreadTimes {
  worked: number;
  /** Ready to work, while the machine had others in turn. */
  waited: number;
}

/** However busy the machine is, a tenth of the time counts: what hangs there is found as well. */
const LEAST_SHARE = 0.1;
const NS_A_MS = 1_000_000;

/** Undefined where the system does not tell: on others than Linux. */
const threadTimes = (): ThreadTimes | undefined => {
  try {
    const [worked, waited] = readFileSync('/proc/self/schedstat', 'utf8').split(' ').map(Number);
    return { worked: Number(worked) / NS_A_MS, waited: Number(waited) / NS_A_MS };
  } catch {
    return undefined;
  }
};

/** How much of what it wanted a thread had between two looks, from a tenth to 1. */
export const shareBetween = (before: ThreadTimes | undefined, after: ThreadTimes | undefined): number => {
  if (!before || !after) return 1;
  const [worked, waited] = [after.worked - before.worked, after.waited - before.waited];
  return worked + waited > 0 ? Math.max(LEAST_SHARE, worked / (worked + waited)) : 1;
};

/**
 * Time as a process has had it: one that was stopped, or has no turn on a busy machine, has had little. So nobody is
 * taken for dead who was only starved.
 *
 * @param everyMs how often it is looked at: a look that comes late counts as one that came in time.
 * @returns ms since the look before.
 */
export const openOwnTime = (
  everyMs: number,
  times: () => ThreadTimes | undefined = threadTimes,
  now: () => number = () => performance.now(),
): (() => number) => {
  let [at, before] = [now(), times()];
  return () => {
    const [since, then] = [at, before];
    [at, before] = [now(), times()];
    return Math.min(at - since, everyMs) * shareBetween(then, before);
  };
};
