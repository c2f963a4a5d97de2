import { resolve } from 'node:path';
import type { RulesetActivated } from '#contracts';
import { rulesUnder } from '#libs/rules/loading';
import type { RuleSource } from '#libs/sigma';
import type { Store } from '#libs/store';
import { OPERATOR } from '#libs/terms';
import { filesOf } from './tenant-additions.js';

/** The rules shipped with the service: every .yml below the folder, by path. */
export const builtInRules = (folder: string): RuleSource[] => rulesUnder(resolve(process.cwd(), folder));

/** The import that is active now, with its files. */
export interface ActiveImport {
  importId: string;
  files: RuleSource[];
}

/**
 * Reads the last import that was activated for everybody back from its own facts; undefined when there never was one.
 */
export const activeImport = async (store: Pick<Store, 'facts'>): Promise<ActiveImport | undefined> => {
  let importId: string | undefined;
  for await (const { message } of store.facts(OPERATOR).all({ types: ['ruleset.activated'] }))
    importId = (message as RulesetActivated).importId;
  return importId === undefined ? undefined : { importId, files: await filesOf(store, OPERATOR, importId) };
};
