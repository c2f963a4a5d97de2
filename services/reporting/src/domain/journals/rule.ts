import type { SourceKind } from '#contracts';

/** The rules that run with one import (none: the built-in ones alone), since they were first told. */
export interface RuleJournal {
  importId: string;
  at: number;
  rules: { ruleId: string; techniques: string[]; kind: SourceKind; tested: boolean }[];
}
