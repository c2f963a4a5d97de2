import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Fault } from '#libs/model';

/** @returns ports nobody listens on at this moment. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};

export interface Started {
  name: string;
  child: ChildProcess;
  log: string;
}

/**
 * Starts `node <script>`, its output in `<dir>/log/<name>.log`. Attached children end with this process, even when it is
 * killed: they leave when their standard input closes.
 */
export const startProcess = (options: { name: string; script: string; dir: string; env: Record<string, string>; detached: boolean }): Started => {
  const { name, script, dir, env, detached } = options;
  mkdirSync(join(dir, 'log'), { recursive: true });
  const log = join(dir, 'log', `${name}.log`);
  const out = openSync(log, 'a', 0o600);
  const child = spawn(process.execPath, ['--enable-source-maps', script], {
    stdio: [detached ? 'ignore' : 'pipe', out, out],
    detached,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env, ...(detached ? {} : { VIGIE_ENDS_WITH_PARENT: '1' }) },
  });
  closeSync(out);
  if (detached) child.unref();
  return { name, child, log };
};

/** Waits until `url` answers 200. @throws Fault when the process ended or the time is over, naming its log. */
export const untilReady = async ({ name, child, log }: Started, url: string, withinMs = 90_000): Promise<void> => {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Fault(`${name} ended while starting; see ${log}`);
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then((response) => response.ok).catch(() => false);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Fault(`${name} was not ready within ${withinMs / 1000} s; see ${log}`);
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Asks the process to leave, and ends it when it has not within the time. */
export const endProcess = async (pid: number, withinMs = 15_000): Promise<void> => {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGTERM');
  const until = Date.now() + withinMs;
  while (isAlive(pid) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
};
