import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAlive, until } from '#stack';

const childrenOf = (pid: number): number[] => {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.trim())
    .map(Number);
};
/** Niceness of a process, of Linux. */
const niceOf = (pid: number): string | undefined => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[18];

it('keeps as many processes busy as are asked for, at the lowest priority, and they end with it', async () => {
  const load = spawn(process.execPath, ['tools/load.mjs', '--level', '2', '--seconds', '60'], { stdio: 'ignore' });
  const busy = await until('two at work', () => {
    const found = childrenOf(load.pid ?? 0);
    return found.length === 2 && found.every((pid) => niceOf(pid) === '19') && found;
  });
  load.kill('SIGKILL');
  await until('their end', () => !busy.some(isAlive), 10_000);
});

it('ends by itself, and refuses what has no end', async () => {
  const load = spawn(process.execPath, ['tools/load.mjs', '--level', '1', '--seconds', '1'], { stdio: 'ignore' });
  await until('its end', () => load.exitCode === 0, 20_000);
  const { status, stderr } = spawnSync(process.execPath, ['tools/load.mjs', '--level', '2'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringContaining('npm run load')]);
});
