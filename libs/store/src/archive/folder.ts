import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parquetIn, type ArchivedRow, type Parquet } from './parquet.js';

/** A service's own folder of files of commits; names are relative to it. */
export interface ArchiveFolder {
  parquet: Parquet;
  pathOf(name: string): string;
  /** Writes a file whole or not at all, on the disk. @returns its SHA-256 (hexadecimal) and size. */
  write(name: string, rows: readonly ArchivedRow[]): Promise<{ sha256: string; bytes: number }>;
  /**
   * @param bytes how large it is to be: of another size it is not read. @returns its SHA-256, '' for one of another
   * size, undefined when it is not there. Read again only when it has changed since.
   */
  sha256Of(name: string, bytes: number): Promise<string | undefined>;
  /** Everything in a folder in it, half-written files too. */
  list(folder: string): Promise<string[]>;
  remove(name: string): Promise<void>;
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const synced = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
};

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

export const archiveFolder = (at: string): ArchiveFolder => {
  const folder = resolve(at);
  const parquet = parquetIn(folder);
  const known = new Map<string, { stamp: string; sha256: string }>();
  const pathOf = (name: string): string => join(folder, name);
  const sha256Of: ArchiveFolder['sha256Of'] = async (name, bytes) => {
    try {
      const { mtimeMs, size, ino } = await stat(pathOf(name));
      if (size !== bytes) return '';
      const stamp = `${mtimeMs}/${size}/${ino}`;
      const before = known.get(name);
      if (before?.stamp === stamp) return before.sha256;
      const sha256 = await digestOf(pathOf(name));
      known.set(name, { stamp, sha256 });
      return sha256;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  };
  return {
    parquet,
    pathOf,
    sha256Of,
    write: async (name, rows) => {
      const final = pathOf(name);
      await mkdir(dirname(final), { recursive: true });
      const temporary = `${final}.${randomUUID()}.tmp`;
      try {
        await parquet.write(temporary, rows);
        await synced(temporary);
        await rename(temporary, final);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
      await synced(dirname(final));
      return { sha256: await digestOf(final), bytes: (await stat(final)).size };
    },
    list: async (name) => {
      const found = await readdir(pathOf(name), { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (isGone(error)) return [];
        throw error;
      });
      return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
};
