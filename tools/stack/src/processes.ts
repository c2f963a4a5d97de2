import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Fault } from '#libs/model';
import { until } from './until.js';

export interface StackProgram {
  name: string;
  command: string;
  args: string[];
  log: string;
}

/** Starts a program in a group of its own. Whoever implements it decides how long the program lives. */
export type Launch = (program: StackProgram) => Promise<number>;

/** The program outlives this process. */
export const launchDetached: Launch = async ({ command, args, log }) => {
  const file = await open(log, 'a', 0o600);
  const child = spawn(command, args, { detached: true, stdio: ['ignore', file.fd, file.fd] });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? 0));
    child.once('error', (error) => reject(new Fault(`${command} cannot be started: ${error.message}`)));
  });
  child.unref();
  await file.close();
  return pid;
};

/** True while the process runs; one that has ended but was not collected yet counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** True when the process runs and its command line holds `mark`: a number alone may have been given to another. */
export function isOurs(pid: number | undefined, mark: string): pid is number {
  if (pid === undefined || !isAlive(pid)) return false;
  return commandLine(pid).includes(mark);
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Ends a process group: asks first when `graceMs` > 0, then kill -9. Resolves when it has gone. */
export async function end(pid: number, graceMs: number): Promise<void> {
  if (graceMs > 0) {
    signal(pid, 'SIGTERM');
    const gone = await until('', () => !isAlive(pid), graceMs).then(
      () => true,
      () => false,
    );
    if (gone) return;
  }
  signal(pid, 'SIGKILL');
  await until(`the end of process ${pid}`, () => !isAlive(pid), 10_000);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
