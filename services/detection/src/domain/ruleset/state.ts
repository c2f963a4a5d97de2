import type {
  RulesetActivated,
  RulesetExceptionAdded,
  RulesetExceptionEnded,
  RulesetFilesImported,
  RulesetImportParked,
  RulesetPlaceholderSet,
} from '#contracts';

/** Facts that change what runs for the operator or a tenant. */
export type RulesetChange =
  | RulesetFilesImported
  | RulesetActivated
  | RulesetImportParked
  | RulesetExceptionAdded
  | RulesetExceptionEnded
  | RulesetPlaceholderSet;

/** An import under way: which parts are kept. The texts are in the facts alone. */
export interface Unfinished {
  importId: string;
  parts: number;
  kept: number[];
  files: number;
}

export interface RulesetState {
  /** Oldest first; beyond the limit the oldest is given up. */
  unfinished: Unfinished[];
  /** Ids of activated imports, the active one last. */
  finished: string[];
  /** Imports that could not be compiled, those of late, and under what. */
  parked: Pick<RulesetImportParked, 'importId' | 'under'>[];
  exceptions: Pick<RulesetExceptionAdded, 'exceptionId' | 'ruleId' | 'expiresAt'>[];
  /** Ids of exceptions that ended last. */
  ended: string[];
  placeholders: Record<string, string[]>;
}

const UNFINISHED_AT_MOST = 10;
const FINISHED_AT_MOST = 50;
const ENDED_AT_MOST = 1_000;
const PARKED_AT_MOST = 20;

export const nothingYet = (): RulesetState => ({
  unfinished: [],
  finished: [],
  parked: [],
  exceptions: [],
  ended: [],
  placeholders: {},
});

const imported = (state: RulesetState, { importId, part, parts, files }: RulesetFilesImported): RulesetState => {
  const before = state.unfinished.find((one) => one.importId === importId) ?? { importId, parts, kept: [], files: 0 };
  const after = { ...before, kept: [...before.kept, part], files: before.files + files.length };
  return {
    ...state,
    unfinished: [...state.unfinished.filter((one) => one.importId !== importId), after].slice(-UNFINISHED_AT_MOST),
  };
};

const activated = (state: RulesetState, { importId: done }: RulesetActivated): RulesetState => ({
  ...state,
  unfinished: state.unfinished.filter(({ importId }) => importId !== done),
  finished: [...state.finished.filter((id) => id !== done), done].slice(-FINISHED_AT_MOST),
});

const withPlaceholder = (state: RulesetState, { name, values }: RulesetPlaceholderSet): RulesetState => {
  const { [name]: _, ...others } = state.placeholders;
  return { ...state, placeholders: values.length ? { ...others, [name]: values } : others };
};

/** Total: facts it does not know leave the state as it is. */
export const evolved = (state: RulesetState, fact: RulesetChange): RulesetState => {
  switch (fact.type) {
    case 'ruleset.files-imported':
      return imported(state, fact);
    case 'ruleset.activated':
      return activated(state, fact);
    case 'ruleset.import-parked':
      return {
        ...state,
        parked: [...state.parked, { importId: fact.importId, under: fact.under }].slice(-PARKED_AT_MOST),
      };
    case 'ruleset.placeholder-set':
      return withPlaceholder(state, fact);
    case 'ruleset.exception-added': {
      const { exceptionId, ruleId, expiresAt } = fact;
      return { ...state, exceptions: [...state.exceptions, { exceptionId, ruleId, expiresAt }] };
    }
    case 'ruleset.exception-ended':
      return {
        ...state,
        exceptions: state.exceptions.filter(({ exceptionId }) => exceptionId !== fact.exceptionId),
        ended: [...state.ended, fact.exceptionId].slice(-ENDED_AT_MOST),
      };
    default:
      return state;
  }
};
