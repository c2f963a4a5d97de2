import { readdirSync, readFileSync, statSync } from 'node:fs';

/** A process that only waits for others takes less of a processor than this in the time that it is given. */
const WORK_SECONDS = 2;
const NANOSECONDS = 1e9;

/** Seconds that a process has worked, or stood in line for a processor, by its threads; 0 where nobody tells. */
const workedSeconds = (pid: number): number => {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((one) => readFileSync(`/proc/${pid}/task/${one}/schedstat`));
    const spent = threads.map((text) => text.toString().split(' ').slice(0, 2).map(Number));
    return spent.flat().reduce((sum, one) => sum + one, 0) / NANOSECONDS;
  } catch {
    return 0;
  }
};

/**
 * How far a process has come while it starts: what it wrote into its log, and what it worked, in steps that waiting
 * alone does not take. For `until`: a busy machine gives little to each, and still it comes on.
 */
export const progressOf =
  (pid: number | undefined, log: string): (() => string) =>
  () => {
    const written = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    return `${written}/${pid === undefined ? 0 : Math.floor(workedSeconds(pid) / WORK_SECONDS)}`;
  };
