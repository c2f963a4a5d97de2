import type {
  RulesetActivated,
  RulesetExceptionAdded,
  RulesetExceptionEnded,
  RulesetFilesImported,
  RulesetImportParked,
  RulesetPlaceholderSet,
} from '#contracts';
import type { RuleSource } from '#libs/sigma';
import type { Store } from '#libs/store';

/** What a tenant adds to the rules for everybody. */
export interface TenantAdditions {
  importId: string | undefined;
  /** Of what the import is compiled with. */
  under: string;
  files: RuleSource[];
  placeholders: Record<string, string[]>;
  /** Those that have not ended. */
  exceptions: RulesetExceptionAdded[];
}

type TenantRuleChange = RulesetActivated | RulesetExceptionAdded | RulesetExceptionEnded | RulesetPlaceholderSet;
export const CHANGES: readonly TenantRuleChange['type'][] = [
  'ruleset.activated',
  'ruleset.exception-added',
  'ruleset.exception-ended',
  'ruleset.placeholder-set',
];

const READ = [...CHANGES, 'ruleset.import-parked'];

/** Names what an import would be compiled with. */
export type CompileKeyOf = (files: readonly RuleSource[], placeholders: Record<string, string[]>) => string;

/** Files of an import, in the order of its parts; read apart, so that imports of before are never held. */
export const filesOf = async (store: Pick<Store, 'facts'>, scope: string, importId: string): Promise<RuleSource[]> => {
  const parts: RulesetFilesImported[] = [];
  for await (const { message } of store.facts(scope).all({ types: ['ruleset.files-imported'] })) {
    const part = message as RulesetFilesImported;
    if (part.importId === importId) parts.push(part);
  }
  return parts.sort((a, b) => a.part - b.part).flatMap(({ files }) => files);
};

/** How far back an import is sought that can be compiled. */
const LOOKED_BACK = 5;

/**
 * Reads a tenant's own back from its facts. @param underOf what an import would be compiled with. @param isParked
 * whether it is known here that it cannot be: then, and when the facts say so, the one before is read.
 */
export const additionsOf = async (
  store: Pick<Store, 'facts'>,
  tenant: string,
  underOf: CompileKeyOf = () => '',
  isParked: (importId: string, under: string) => boolean = () => false,
): Promise<TenantAdditions> => {
  const imports: string[] = [];
  const parked = new Map<string, RulesetImportParked>();
  const placeholders = new Map<string, string[]>();
  const exceptions = new Map<string, RulesetExceptionAdded>();
  for await (const { message } of store.facts(tenant).all({ types: READ })) {
    const fact = message as TenantRuleChange | RulesetImportParked;
    if (fact.type === 'ruleset.activated') imports.push(fact.importId);
    else if (fact.type === 'ruleset.import-parked') parked.set(fact.importId, fact);
    else if (fact.type === 'ruleset.placeholder-set') placeholders.set(fact.name, fact.values);
    else if (fact.type === 'ruleset.exception-added') exceptions.set(fact.exceptionId, fact);
    else exceptions.delete(fact.exceptionId);
  }
  const own: TenantAdditions = {
    importId: undefined,
    under: '',
    files: [],
    placeholders: Object.fromEntries([...placeholders].filter(([, values]) => values.length > 0)),
    exceptions: [...exceptions.values()],
  };
  for (const importId of imports.reverse().slice(0, LOOKED_BACK)) {
    const files = await filesOf(store, tenant, importId);
    const under = underOf(files, own.placeholders);
    if (parked.get(importId)?.under !== under && !isParked(importId, under)) return { ...own, importId, under, files };
  }
  return own;
};
