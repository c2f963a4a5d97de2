import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What writes a folder of its own, by what the plan calls it; and how much memory it may take, in MiB. */
const DISKS = {
  lake: { folder: 'lake', sizeMib: 1_024 },
  store: { folder: 'stack/store', sizeMib: 2_048 },
  broker: { folder: 'stack/kafka', sizeMib: 6_144 },
} as const;
export type DiskName = keyof typeof DISKS;
const FILLING = '.full';
const CHUNKS = [4 * 1024 * 1024, 64 * 1024, 4_096];

/** Small disks in memory, in the place of an installation's folders, so that one can be full. */
export interface Disks {
  /** Puts them in place, before anything is written there. */
  mount(): void;
  /** Why there are none, if so. */
  lacking(): string | undefined;
  fill(name: DiskName): void;
  free(name: DiskName): void;
  /** Takes them away, with what is on them. */
  leave(): void;
}

const run = (command: string, args: string[]): string | undefined => {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? undefined : (stderr || error?.message || `ended with ${status}`).trim();
};

/** Writes until nothing more of this size fits. */
const fillBy = (handle: number, size: number): void => {
  const chunk = Buffer.alloc(size, 1);
  try {
    for (;;) writeSync(handle, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
};

const fillWith = (file: string): void => {
  const handle = openSync(file, 'w');
  try {
    for (const size of CHUNKS) fillBy(handle, size);
  } finally {
    closeSync(handle);
  }
};

/** @param dir of the installation. Disks that a run left there which was cut off are taken away. */
export const openDisks = (dir: string): Disks => {
  const pathOf = (name: DiskName): string => join(dir, DISKS[name].folder);
  const names = Object.keys(DISKS) as DiskName[];
  let why: string | undefined = 'it was not asked for';
  const leave = (): void => {
    for (const name of names) if (existsSync(pathOf(name))) run('umount', ['--quiet', pathOf(name)]);
  };
  leave();
  return {
    mount: () => {
      why = undefined;
      for (const name of names) {
        mkdirSync(pathOf(name), { recursive: true, mode: 0o700 });
        const size = `size=${DISKS[name].sizeMib}m,mode=700`;
        why ??= run('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', pathOf(name)]);
      }
    },
    lacking: () => why,
    fill: (name) => fillWith(join(pathOf(name), FILLING)),
    free: (name) => rmSync(join(pathOf(name), FILLING), { force: true }),
    leave,
  };
};
