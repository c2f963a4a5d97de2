import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { isOurs, until } from '#stack';

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
  const child = spawn(process.execPath, ['--enable-source-maps', script], {
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

/** Waits until `url` answers 200. @throws Fault when the process ended or the time is over, naming its log. */
export const untilReady = async (
  { name, child, log }: StartedProcess,
  url: string,
  withinMs = 90_000,
): Promise<void> => {
  const look = async (): Promise<boolean> => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Fault(`${name} ended while starting; see ${log}`);
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  };
  await until(`${name} to be ready; see ${log}`, look, withinMs, { everyMs: 100, forgiving: true });
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
