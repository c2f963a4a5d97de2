import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { DAY_MS } from '#libs/terms';
import { FileGone, type LakeFile, type FilesOfLake, type HeldFiles } from './port.js';

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** What something gives, or the other when it is not there (any more). */
const orGone = async <T>(what: Promise<T>, otherwise: T): Promise<T> =>
  what.catch((error: unknown) => {
    if (isGone(error)) return otherwise;
    throw error;
  });

const synced = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
};

const fileOf = async (lake: string, path: string): Promise<LakeFile | undefined> => {
  const found = await orGone(stat(path), undefined);
  return found?.isFile() ? { path: relative(lake, path), bytes: found.size, changedAt: found.mtimeMs } : undefined;
};

/** Takes away folders that have become empty, and those above them, but not a tenant's own. */
const withoutEmpty = async (lake: string, folders: ReadonlySet<string>): Promise<void> => {
  for (const folder of folders)
    for (let at = folder; at.includes('/'); at = dirname(at)) {
      // One that is not empty stays, and so do those above.
      const isEmpty = await rmdir(join(lake, at)).then(
        () => true,
        () => false,
      );
      if (!isEmpty) break;
    }
};

/** Looks made at a folder in which files vanish meanwhile: what they became may not have been there when it was read. */
const LOOKS = 5;

const listed = async (lake: string, path: string): Promise<LakeFile[]> => {
  for (let left = LOOKS - 1; ; left -= 1) {
    const names = await orGone(readdir(join(lake, path), { recursive: true }), []);
    const found = await Promise.all(
      names
        .filter((name) => name.endsWith('.parquet'))
        .sort()
        .map((name) => fileOf(lake, join(lake, path, name))),
    );
    if (left <= 0 || !found.includes(undefined)) return found.flatMap((one) => one ?? []);
  }
};

const HELD = '.held-';

/** What a process that was killed held: nobody holds anything for so long. */
const withoutOld = async (lake: string): Promise<void> => {
  for (const name of (await readdir(lake)).filter((one) => one.startsWith(HELD))) {
    const found = await orGone(stat(join(lake, name)), undefined);
    if (found && found.mtimeMs + DAY_MS < Date.now()) await rm(join(lake, name), { recursive: true, force: true });
  }
};

/** Each file under another name, which nobody removes; the file itself on disks that know no second name. */
const linked = async (lake: string, files: readonly LakeFile[]): Promise<HeldFiles> => {
  const folder = join(lake, `${HELD}${randomUUID()}`);
  await withoutOld(lake);
  await mkdir(folder);
  const release = (): void => void rm(folder, { recursive: true, force: true }).catch(() => undefined);
  const one = async ({ path }: LakeFile, at: number): Promise<string> => {
    const to = join(folder, `${at}.parquet`);
    try {
      await link(join(lake, path), to);
      return to;
    } catch (error) {
      if (isGone(error)) throw new FileGone(path);
      return join(lake, path);
    }
  };
  try {
    return { local: await Promise.all(files.map(one)), release };
  } catch (error) {
    release();
    throw error;
  }
};

/** The lake in a folder that all replicas share. */
export const filesInFolder = (folder: string): FilesOfLake => {
  const lake = resolve(folder);
  return {
    reaches: [lake],
    mostHeldBytes: Infinity,
    folders: async (path) =>
      (await orGone(readdir(join(lake, path), { withFileTypes: true }), []))
        .flatMap((one) => (one.isDirectory() ? [one.name] : []))
        .sort(),
    list: (path) => listed(lake, path),
    hold: async (files, long) =>
      long ? linked(lake, files) : { local: files.map(({ path }) => join(lake, path)), release: () => undefined },
    write: async (path, make, before) => {
      const final = join(lake, path);
      await mkdir(dirname(final), { recursive: true });
      // Of this write alone: replicas share the folder, and in containers each may be process 1.
      const temporary = `${final}.${randomUUID()}.tmp`;
      try {
        await make(temporary);
        await synced(temporary);
        await before?.();
        await rename(temporary, final);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
      await synced(dirname(final));
    },
    remove: async (paths) => {
      await Promise.all(paths.map((path) => rm(join(lake, path), { force: true })));
      await withoutEmpty(lake, new Set(paths.map((path) => dirname(path))));
    },
    close: async () => undefined,
  };
};
