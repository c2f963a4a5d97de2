import type { SourceKind } from '#contracts';

/** One set of rules that runs, with one import or none (the built-in ones alone), since it was first told. */
export interface RuleJournal {
  importId: string;
  at: number;
  rules: { ruleId: string; techniques: string[]; kind: SourceKind; tested: boolean }[];
}

/** Key of the one document that says which set was told when. */
export const RULES_TOLD = 'told';

/** Which set was told when, in that order: by the key of its own document. */
export interface RulesToldJournal {
  told: { set: string; at: number }[];
}
