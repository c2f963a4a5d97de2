import { readFileSync, statSync } from 'node:fs';

/** A process that only waits takes less of a processor than this in the time that it is given. */
const WORK_SECONDS = 2;
/** Of Linux, whatever its kernel. */
const TICKS_A_SECOND = 100;

/** Seconds of a processor that a process has used; 0 where that cannot be told. */
const workedSeconds = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
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
