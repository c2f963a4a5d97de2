/** The folders of the installation that are pulled: what a directory's puller asks, read from disk. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePlace, ListedFile, ReadFile } from '../../pulls/directory.js';
import { PullTrouble, type PullAnswer } from '../../pulls/puller.js';
import { readOn } from './reading-on.js';

const MOST_DEPTH = 3;
const MOST_FILES = 10_000;
/** Bytes before the place where a file is read on, by which it is known again. */
const CHECKED_BYTES = 1_024;
/** No link at the end of the path; and a FIFO must not make us wait. */
const HOW = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'UNKNOWN';

/** Files of a folder and of those in it: no links, no devices, nothing hidden. */
const listInto = async (found: ListedFile[], root: string, folder: string, depth: number): Promise<void> => {
  for (const one of await readdir(join(root, folder), { withFileTypes: true })) {
    if (one.name.startsWith('.')) continue;
    const path = join(folder, one.name);
    if (one.isDirectory() && depth < MOST_DEPTH) await listInto(found, root, path, depth + 1);
    if (!one.isFile()) continue;
    const stat = await lstat(join(root, path), { bigint: true }).catch(() => undefined);
    if (!stat?.isFile()) continue;
    if (found.length >= MOST_FILES)
      throw new PullTrouble('TOO_MANY_FILES', `the folder holds more than ${MOST_FILES} files`);
    // Not mtime, which whoever writes may set: what is moved here with an old one would be left out.
    const stamp = Number(stat.ctimeMs);
    found.push({ path, inode: String(stat.ino), size: Number(stat.size), stamp });
  }
};

const digestBefore = async (file: FileHandle, at: number): Promise<string> => {
  const length = Math.min(at, CHECKED_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at - length);
  return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('base64url').slice(0, 11);
};

/** The file that lies there, not one that a link leads to. */
const isInside = async (root: string, path: string, inode: bigint, device: bigint): Promise<boolean> => {
  const whole = join(root, path);
  if (path.split('/').includes('..') || (await realpath(whole)) !== whole) return false;
  const there = await lstat(whole, { bigint: true });
  return there.isFile() && there.ino === inode && there.dev === device;
};

const NO_FILE: PullAnswer = { status: 404, headers: {}, body: Buffer.alloc(0) };
const leftOut = (sentence: string, { at, check, parts }: FilePlace): PullAnswer => {
  const read: ReadFile = { at, check, parts, more: false, waits: false, problem: { code: 'FILE_LEFT_OUT', sentence } };
  return { status: 200, headers: { read: JSON.stringify(read) }, body: Buffer.alloc(0) };
};

interface FileQuestion extends FilePlace {
  path: string;
  inode: string;
}

const readFile = async (root: string, asked: FileQuestion, now: number): Promise<PullAnswer> => {
  const { path, inode } = asked;
  let file: FileHandle | undefined;
  try {
    file = await open(join(root, path), HOW);
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile() || String(stat.ino) !== inode || !(await isInside(root, path, stat.ino, stat.dev)))
      return NO_FILE;
    const size = Number(stat.size);
    const isSame = asked.at <= size && asked.check === (await digestBefore(file, asked.at));
    const place = isSame ? asked : { at: 0, parts: 0 };
    const { body, ...read } = await readOn({ file, name: path, size, touchedAt: Number(stat.mtimeMs), now }, place);
    const told: ReadFile = { ...read, check: await digestBefore(file, read.at) };
    return { status: 200, headers: { read: JSON.stringify(told) }, body };
  } catch (error) {
    const code = codeOf(error);
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO'].includes(code)) return NO_FILE;
    if (['EACCES', 'EPERM'].includes(code)) return leftOut(`The file may not be read (${code}).`, asked);
    throw new PullTrouble('NO_ANSWER', `a file of the folder cannot be read (${code})`);
  } finally {
    await file?.close();
  }
};

const FORM = /^directory:\/\/([a-z0-9-]+)(?:\?(.*))?$/;

/**
 * @param folders `<tenant>/<name>` -> absolute path.
 * @returns for a tenant: what is asked of its folders -> their list, or what was read. @throws PullTrouble
 */
export const openFolders =
  (folders: ReadonlyMap<string, string>, now: () => number) =>
  (tenant: string) =>
  async (url: string): Promise<PullAnswer> => {
    const [, name = '', question] = FORM.exec(url) ?? [];
    const path = folders.get(`${tenant}/${name}`);
    if (path === undefined)
      throw new PullTrouble('NO_FOLDER', `the installation names no folder ${name} for this tenant (PULL_DIRECTORIES)`);
    try {
      const root = await realpath(path);
      if (question) return await readFile(root, JSON.parse(decodeURIComponent(question)) as FileQuestion, now());
      const files: ListedFile[] = [];
      await listInto(files, root, '', 1);
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(files)) };
    } catch (error) {
      if (error instanceof PullTrouble) throw error;
      throw new PullTrouble('FOLDER_UNREADABLE', `the folder ${name} is missing or cannot be read (${codeOf(error)})`);
    }
  };
