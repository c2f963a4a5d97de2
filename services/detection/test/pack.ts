import { createInterface } from 'node:readline';
import { openPromise } from 'yauzl';
import { besideCheckout } from '#libs/testing';

/** The developers' data pack, which may lie beside the checkout. */
export const packPath = (): string | undefined => besideCheckout('shared/data', 'sigma/sigma-rules.tar.gz');

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
