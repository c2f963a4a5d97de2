import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '#libs/terms';

const OWN = '.bucket-';
const machine = (): string => hostname().replaceAll('~', '-');
/** In containers each process may be number 1, again and again: when it began tells it from the one before. */
const self = (): string => `${process.pid}.${Math.trunc(performance.timeOrigin)}`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Whether nobody uses it: of this machine, who is gone; of others, what has not changed for a day. */
const isLeft = (folder: string, name: string): boolean => {
  const [at = '', who = ''] = name.slice(OWN.length).split('~');
  const pid = Number(who.split('.')[0]);
  if (at !== machine()) return statSync(join(folder, name)).mtimeMs + DAY_MS < Date.now();
  return who !== self() && (pid === process.pid || !isAlive(pid));
};

/** A folder in another for this process alone; what processes that were killed left beside it goes. */
export const ownFolder = (folder: string): string => {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((one) => one.startsWith(OWN))) {
    try {
      if (isLeft(folder, name)) rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Another took it away, or it is not ours to take: the next one to start looks again.
    }
  }
  const own = join(folder, `${OWN}${machine()}~${self()}~${randomUUID()}`);
  mkdirSync(own, { mode: 0o700 });
  return own;
};
