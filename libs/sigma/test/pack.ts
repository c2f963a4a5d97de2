import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { openPromise } from 'yauzl';
import type { RuleSource } from '../src/types.js';

/** The developers' data pack, which may lie beside the checkout: `../shared/data`, sought upwards from here. */
export const packPath = (): string | undefined => {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const candidate = join(folder, '..', 'shared', 'data');
    if (existsSync(join(candidate, 'sigma', 'sigma-rules.tar.gz'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
};

export const readLines = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

const BLOCK = 512;

/**
 * The YAML files of a tar.gz. Enough of the format for regular files, with names that are short, prefixed, or in GNU's
 * or PAX's extra entry.
 */
export const readRules = (path: string): RuleSource[] => {
  const tar = gunzipSync(readFileSync(path));
  const sources: RuleSource[] = [];
  const field = (offset: number, length: number): string =>
    tar.toString('latin1', offset, offset + length).replace(/\0.*$/s, '');
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= tar.length && tar[offset] !== 0; ) {
    const size = Number.parseInt(field(offset + 124, 12), 8);
    const type = field(offset + 156, 1);
    const text = tar.toString('utf8', offset + BLOCK, offset + BLOCK + size);
    const name = longName ?? [field(offset + 345, 155), field(offset, 100)].filter((part) => part !== '').join('/');
    longName = type === 'L' ? text.replace(/\0+$/, '') : type === 'x' ? /\d+ path=(.*)\n/.exec(text)?.[1] : undefined;
    if ((type === '0' || type === '') && name.endsWith('.yml')) sources.push({ path: name, text });
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return sources;
};

/** The lines of every JSON file in a zip. */
export async function* zipLines(path: string): AsyncGenerator<string> {
  const zip = await openPromise(path, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('.json')) continue;
    const lines = createInterface({ input: await zip.openReadStreamPromise(entry), crlfDelay: Infinity });
    for await (const line of lines) if (line.trim() !== '') yield line;
  }
}
