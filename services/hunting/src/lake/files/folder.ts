import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { LakeFile, FilesOfLake } from './port.js';

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

/** The lake in a folder that all replicas share. */
export const filesInFolder = (folder: string): FilesOfLake => {
  const lake = resolve(folder);
  return {
    reaches: [lake],
    folders: async (path) =>
      (await orGone(readdir(join(lake, path), { withFileTypes: true }), []))
        .flatMap((one) => (one.isDirectory() ? [one.name] : []))
        .sort(),
    list: async (path) => {
      const names = await orGone(readdir(join(lake, path), { recursive: true }), []);
      const found = names
        .filter((name) => name.endsWith('.parquet'))
        .sort()
        .map((name) => fileOf(lake, join(lake, path, name)));
      return (await Promise.all(found)).flatMap((one) => one ?? []);
    },
    hold: async (paths) => ({ local: paths.map((path) => join(lake, path)), release: () => undefined }),
    write: async (path, make) => {
      const final = join(lake, path);
      await mkdir(dirname(final), { recursive: true });
      // Of this write alone: replicas share the folder, and in containers each may be process 1.
      const temporary = `${final}.${randomUUID()}.tmp`;
      try {
        await make(temporary);
        await synced(temporary);
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
  };
};
