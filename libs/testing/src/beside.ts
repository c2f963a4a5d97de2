import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What the developers keep beside the checkout, or beside a folder above it, such as `shared/data`; nothing elsewhere.
 * @param holding what must lie in it.
 */
export const besideCheckout = (path: string, holding = ''): string | undefined => {
  for (let folder = process.cwd(); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(dirname(folder), path);
    if (existsSync(join(candidate, holding))) return candidate;
  }
  return undefined;
};
