import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { openPromise } from 'yauzl';
import { rulesInTar } from '../src/rule/archive.js';
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

export const readRules = (path: string): RuleSource[] => rulesInTar(gunzipSync(readFileSync(path)));

/** The lines of every JSON file in a zip. */
export async function* zipLines(path: string): AsyncGenerator<string> {
  const zip = await openPromise(path, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('.json')) continue;
    const lines = createInterface({ input: await zip.openReadStreamPromise(entry), crlfDelay: Infinity });
    for await (const line of lines) if (line.trim() !== '') yield line;
  }
}
