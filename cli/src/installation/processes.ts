import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, reasonOf } from '#libs/model';
import { isOurs, progressOf, until } from '#stack';

const LINES_TOLD = 15;
const LINE_LENGTH = 500;
/** As the image has it: batches of events live longer than the usual 16 MB of young objects last. */
const NODE_FLAGS = ['--max-semi-space-size=32'];

export interface StartedProcess {
  name: string;
  child: ChildProcess;
  log: string;
}

/**
 * Starts `node <script>`, its output in `<dir>/log/<name>.log`. Attached children end with this process, even when it
 * is killed: they leave when their standard input closes.
 */
export const startProcess = (options: {
  name: string;
  script: string;
  dir: string;
  env: Record<string, string>;
  detached: boolean;
}): StartedProcess => {
  const { name, script, dir, env, detached } = options;
  mkdirSync(join(dir, 'log'), { recursive: true });
  const log = join(dir, 'log', `${name}.log`);
  const out = openSync(log, 'a', 0o600);
  const child = spawn(process.execPath, [...NODE_FLAGS, script], {
    stdio: [detached ? 'ignore' : 'pipe', out, out],
    detached,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      ...env,
      ...(detached ? {} : { VIGIE_ENDS_WITH_PARENT: '1' }),
    },
  });
  closeSync(out);
  if (detached) child.unref();
  return { name, child, log };
};

/** The end of a log, which a folder that is removed afterwards would take with it. */
const endOf = (log: string): string => {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LINES_TOLD);
  return `its log (${log}) ends with:\n${lines.map((line) => line.slice(0, LINE_LENGTH)).join('\n')}`;
};

/** A group may take a minute to gather its members, in which nobody writes and nobody works. */
const STILL_MS = 120_000;

/** How long a service may stand still while it starts, and what ends the waiting before. */
export interface Patience {
  stillMs?: number;
  interrupted?: AbortSignal | undefined;
}

/**
 * Waits until `url` answers 200, as long as the process comes on: on a busy machine all services start at once.
 * @throws Fault when the process ended, stands still for two minutes, or somebody interrupts, with the last lines of
 * its log.
 */
export const untilReady = async (
  { name, child, log }: StartedProcess,
  url: string,
  { stillMs = STILL_MS, interrupted }: Patience = {},
): Promise<void> => {
  const look = async (): Promise<boolean> => {
    if (interrupted?.aborted) throw new Fault(`interrupted while ${name} started`);
    if (child.exitCode !== null || child.signalCode !== null) throw new Fault(`${name} ended while starting`);
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  };
  try {
    const progress = progressOf(child.pid, log);
    await until(`${name} to be ready`, look, stillMs, { everyMs: 100, forgiving: true, progress });
  } catch (error) {
    throw new Fault(`${reasonOf(error)}; ${endOf(log)}`, { cause: error });
  }
};

/**
 * Asks the process to leave, and ends it when it has not within the time. A process whose command line does not hold
 * `mark` is another one that was given the number since: it is left alone.
 */
export const endProcess = async (pid: number | undefined, mark: string, withinMs = 30_000): Promise<void> => {
  if (!isOurs(pid, mark)) return;
  process.kill(pid, 'SIGTERM');
  await until(`the end of ${mark}`, () => !isOurs(pid, mark), withinMs, { everyMs: 50 }).catch(() => {
    if (isOurs(pid, mark)) process.kill(pid, 'SIGKILL');
  });
};
