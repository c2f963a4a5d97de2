import type { RulesetActivated, RulesetExceptionAdded, RulesetExceptionEnded, RulesetFilesImported, RulesetPlaceholderSet } from '#contracts';
import type { RuleSource } from '#libs/sigma';
import type { Store } from '#libs/store';

/** What a tenant adds to the rules for everybody. */
export interface Own {
  importId: string | undefined;
  files: RuleSource[];
  placeholders: Record<string, string[]>;
  /** Those that have not ended. */
  exceptions: RulesetExceptionAdded[];
}

type Change = RulesetActivated | RulesetExceptionAdded | RulesetExceptionEnded | RulesetPlaceholderSet;
export const CHANGES: readonly Change['type'][] = ['ruleset.activated', 'ruleset.exception-added', 'ruleset.exception-ended', 'ruleset.placeholder-set'];

/** Files of an import, in the order of its parts; read apart, so that imports of before are never held. */
export const filesOf = async (store: Pick<Store, 'facts'>, scope: string, importId: string): Promise<RuleSource[]> => {
  const parts: RulesetFilesImported[] = [];
  for await (const { message } of store.facts(scope).all({ types: ['ruleset.files-imported'] })) {
    const part = message as RulesetFilesImported;
    if (part.importId === importId) parts.push(part);
  }
  return parts.sort((a, b) => a.part - b.part).flatMap(({ files }) => files);
};

/** Reads a tenant's own back from its facts. */
export const ownOf = async (store: Pick<Store, 'facts'>, tenant: string): Promise<Own> => {
  let importId: string | undefined;
  const placeholders = new Map<string, string[]>();
  const exceptions = new Map<string, RulesetExceptionAdded>();
  for await (const { message } of store.facts(tenant).all({ types: CHANGES })) {
    const fact = message as Change;
    if (fact.type === 'ruleset.activated') importId = fact.importId;
    else if (fact.type === 'ruleset.placeholder-set') placeholders.set(fact.name, fact.values);
    else if (fact.type === 'ruleset.exception-added') exceptions.set(fact.exceptionId, fact);
    else exceptions.delete(fact.exceptionId);
  }
  return {
    importId,
    files: importId === undefined ? [] : await filesOf(store, tenant, importId),
    placeholders: Object.fromEntries([...placeholders].filter(([, values]) => values.length > 0)),
    exceptions: [...exceptions.values()],
  };
};
