import { randomUUID } from 'node:crypto';
import { rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { S3Failed, type Bucket, type S3Object } from '#libs/s3';
import { openCache } from './cache.js';
import { inTurns } from './in-turns.js';
import { ownFolder } from './own-folder.js';
import { FileGone, type FilesOfLake, type LakeFile } from './port.js';

/** A listing of several pages is made again until nothing of it is missing in the next. */
const LOOKS = 5;
/** What one question, or backtest, holds at once, of what all may. */
const SHARE = 1 / 8;

const prefixOf = (path: string): string => (path === '' ? '' : `${path}/`);

const fileOf = ({ key, bytes, changedAt, version }: S3Object): LakeFile => ({ path: key, bytes, changedAt, version });

/**
 * Everything that was there when it began: between two pages a file may have become another, which stands on the page
 * before. What became another is missing the next time. What only came in meanwhile does not matter.
 */
const listed = async (bucket: Bucket, path: string): Promise<LakeFile[]> => {
  let before: string[] | undefined;
  for (let left = LOOKS; ; left -= 1) {
    const { objects, pages } = await bucket.list(prefixOf(path));
    const files = objects.filter(({ key }) => key.endsWith('.parquet')).map(fileOf);
    const names = new Set(files.map((file) => file.path));
    const isWhole = pages <= 1 || before?.every((name) => names.has(name)) === true;
    if (isWhole || left <= 1) return files.sort((a, b) => (a.path < b.path ? -1 : 1));
    before = [...names];
  }
};

const isMissing = (error: unknown): error is S3Failed =>
  error instanceof S3Failed && error.status === 404 && error.code !== 'NoSuchBucket';

/** A file of this machine; nothing of it stays when it could not be made. */
const made = async (file: string, make: (file: string) => Promise<unknown>): Promise<string> => {
  try {
    await make(file);
    return file;
  } catch (error) {
    await rm(file, { force: true }).catch(() => undefined);
    throw error;
  }
};

/**
 * The lake in a bucket that all replicas share. An object is there as a whole or not at all, so a file is made here and
 * put there under its name; nothing of one that was not put is left in the bucket.
 * @param local a folder of this machine: files are made, and read, in one of their own in it.
 * @param mostBytes of files that are read, and of the latest that were.
 */
export const filesInBucket = (bucket: Bucket, local: string, mostBytes: number): FilesOfLake => {
  const folder = ownFolder(resolve(local));
  const fresh = (): string => join(folder, `${randomUUID()}.parquet`);
  const cache = openCache(mostBytes, ({ path, bytes }) => made(fresh(), (to) => bucket.get(path, to, bytes)));
  return {
    reaches: [folder],
    mostHeldBytes: mostBytes * SHARE,
    folders: async (path) => {
      const prefix = prefixOf(path);
      // Who shares the disk with others tells them that it lives.
      await utimes(folder, new Date(), new Date());
      const { folders } = await bucket.list(prefix, '/');
      const found = new Set(folders);
      cache.forget(prefix, (file) => found.has(file.slice(0, file.indexOf('/', prefix.length) + 1)));
      return folders.map((one) => one.slice(prefix.length, -1)).sort();
    },
    list: async (path) => {
      const files = await listed(bucket, path);
      const found = new Set(files.map((file) => file.path));
      cache.forget(prefixOf(path), (file) => found.has(file));
      return files;
    },
    hold: (files) =>
      cache.hold(files).catch((error: unknown) => {
        throw isMissing(error) ? new FileGone(error.key) : error;
      }),
    write: async (path, make, before) => {
      await made(fresh(), async (file) => {
        await make(file);
        const { size: bytes } = await stat(file);
        cache.put({ path, bytes, version: await bucket.put(path, file, before) }, file);
      });
    },
    remove: async (paths) => {
      await inTurns(paths, (path) => bucket.remove(path));
      const gone = new Set(paths);
      cache.forget('', (path) => !gone.has(path));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
};
