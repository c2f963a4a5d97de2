import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAlive } from './processes.js';
import { until, WHILE_STARTING } from './until.js';

/** Does the work while no other process does work under the same lock file. A dead holder's lock is taken over. */
export async function locked<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await until(`the lock ${path}`, () => take(path), timeoutMs, WHILE_STARTING);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(await readFile(path, 'utf8'));
  // Empty: its holder is just about to write it.
  if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
  return false;
}
