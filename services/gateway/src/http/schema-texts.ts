import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const textsIn = (folder: string): string[] => {
  const path = join(process.cwd(), 'services/gateway/schema', folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.graphql'));
  return names.sort().map((name) => readFileSync(join(path, name), 'utf8'));
};

/** The schema of a side as it is written, a text a subject: what both sides share, then its own. */
export const schemaTexts = (side: 'analyst' | 'customer'): string[] => [...textsIn('shared'), ...textsIn(side)];
