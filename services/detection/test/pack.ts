import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { openPromise } from 'yauzl';

/** The developers' data pack, which may lie beside the checkout: `../shared/data`, sought upwards from here. */
export const packPath = (): string | undefined => {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const candidate = join(folder, '..', 'shared', 'data');
    if (existsSync(join(candidate, 'sigma', 'sigma-rules.tar.gz'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
};

/** The lines of every JSON file in a zip. */
export const zipLines = async (path: string): Promise<string[]> => {
  const zip = await openPromise(path, { lazyEntries: true });
  const found: string[] = [];
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('.json')) continue;
    const lines = createInterface({ input: await zip.openReadStreamPromise(entry), crlfDelay: Infinity });
    for await (const line of lines) if (line.trim() !== '') found.push(line);
  }
  return found;
};
