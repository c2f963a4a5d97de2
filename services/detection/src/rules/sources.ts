import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RulesetActivated, RulesetFilesImported } from '#contracts';
import type { RuleSource } from '#libs/sigma';
import type { Store } from '#libs/store';
import { OPERATOR } from '../domain/ruleset.js';

/** The rules shipped with the service: every .yml below the folder, by path. */
export const builtInRules = (folder: string): RuleSource[] => {
  const root = resolve(process.cwd(), folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
};

/** The import that is active now, with its files. */
export interface ActiveImport {
  importId: string;
  files: RuleSource[];
}

/** Reads the last activated import back from its own facts; undefined when there never was one. */
export const activeImport = async (store: Pick<Store, 'facts'>): Promise<ActiveImport | undefined> => {
  const facts = store.facts(OPERATOR);
  let importId: string | undefined;
  for await (const { message } of facts.all({ types: ['ruleset.activated'] })) importId = (message as RulesetActivated).importId;
  if (importId === undefined) return undefined;
  const parts: RulesetFilesImported[] = [];
  for await (const { message } of facts.all({ types: ['ruleset.files-imported'] })) {
    const part = message as RulesetFilesImported;
    if (part.importId === importId) parts.push(part);
  }
  return { importId, files: parts.sort((a, b) => a.part - b.part).flatMap(({ files }) => files) };
};
