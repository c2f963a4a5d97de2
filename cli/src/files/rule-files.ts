import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Refused } from '#libs/model';

const BLOCK = 512;
const MAX_BYTES = 256 * 1024 * 1024;
const isRule = (path: string): boolean => /\.ya?ml$/.test(path);

const textOf = (bytes: Buffer, from: number, length: number): string =>
  bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '');

/** Files of an unpacked tar archive; long names as GNU and POSIX write them. */
const untar = (bytes: Buffer): { path: string; text: string }[] => {
  const found: { path: string; text: string }[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(textOf(bytes, at + 124, 12).trim() || '0', 8);
    const kind = String.fromCharCode(bytes[at + 156] ?? 0);
    const prefix = textOf(bytes, at + 345, 155);
    const name = longName ?? (prefix ? `${prefix}/` : '') + textOf(bytes, at, 100);
    const text = () => bytes.toString('utf8', at + BLOCK, at + BLOCK + size);
    longName =
      kind === 'L' ? text().replace(/\0.*$/s, '') : kind === 'x' ? /\d+ path=([^\n]*)\n/.exec(text())?.[1] : undefined;
    if ((kind === '0' || kind === '\0') && isRule(name)) found.push({ path: name, text: text() });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return found;
};

const filesUnder = (dir: string, root = dir): { path: string; text: string }[] =>
  readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      if (statSync(path).isDirectory()) return filesUnder(path, root);
      return isRule(path) ? [{ path: relative(root, path), text: readFileSync(path, 'utf8') }] : [];
    });

/** Rule files of a folder, a single file or a .tar.gz. @throws Refused when there are none. */
export const readRules = (path: string): { path: string; text: string }[] => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Refused(`${path} is not there`, 'NO_FILE');
  const found = stat.isDirectory()
    ? filesUnder(path)
    : /\.(tar\.gz|tgz)$/.test(path)
      ? untar(gunzipSync(readFileSync(path), { maxOutputLength: MAX_BYTES }))
      : [{ path, text: readFileSync(path, 'utf8') }];
  if (found.length === 0) throw new Refused(`${path} holds no rules (*.yml)`, 'NO_RULES');
  return found;
};
