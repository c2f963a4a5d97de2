import { readFileSync } from 'node:fs';
import { isAlive } from '#stack';

/** Ticks of user and system time in a second: the same on every Linux that we know. */
const TICKS_A_SECOND = 100;

/** CPU of a process so far, all threads, user and system; ms, in steps of 10. NaN where there is no /proc. */
export const cpuMsIn = (stat: string): number => {
  // The name in brackets may hold anything, blanks and brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_A_SECOND;
};

export const cpuMsOf = (pid: number): number => cpuMsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));

/** Resident memory of a process, MB. NaN where there is no /proc. */
export const residentMbOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024;

/** Processes by what they are. */
export type NamedProcesses = Readonly<Record<string, number>>;

const each = (of: NamedProcesses, what: (pid: number) => number): Record<string, number> =>
  Object.fromEntries(Object.entries(of).map(([name, pid]) => [name, what(pid)]));

/** Begins to count: what is called later says how much CPU (ms) each has taken since. */
export const cpuSince = (of: NamedProcesses): (() => Record<string, number>) => {
  const before = each(of, cpuMsOf);
  return () => Object.fromEntries(Object.entries(each(of, cpuMsOf)).map(([name, ms]) => [name, ms - before[name]!]));
};

export const residentOf = (of: NamedProcesses): Record<string, number> =>
  each(of, (pid) => Math.round(residentMbOf(pid)));

const signal = (of: NamedProcesses, name: NodeJS.Signals): void => {
  for (const pid of Object.values(of)) if (isAlive(pid)) process.kill(pid, name);
};

/** A member of a group that says nothing for 15 s is taken for gone. */
const MOST_HELD_MS = 10_000;

/**
 * Does something while processes stand still; at the latest after 10 s they go on.
 * @returns also whether they stood still to its end.
 */
export const whileHeld = async <T>(of: NamedProcesses, work: () => Promise<T>): Promise<{ done: T; held: boolean }> => {
  let held = true;
  const go = (): void => signal(of, 'SIGCONT');
  const timer = setTimeout(() => {
    held = false;
    go();
  }, MOST_HELD_MS);
  signal(of, 'SIGSTOP');
  try {
    return { done: await work(), held };
  } finally {
    clearTimeout(timer);
    go();
  }
};
