import type {
  RulesetActivated,
  RulesetExceptionAdded,
  RulesetExceptionApplied,
  RulesetImportParked,
  RulesetLoaded,
  RulesetPlaceholderSet,
} from '#contracts';
import { THEN, idsOf, markOf, provider } from './ids.js';

export const rulesetFacts = (tenant: string) => {
  const mark = markOf(tenant);
  const exception = {
    exceptionId: idsOf(tenant).exception,
    ruleId: 'r1',
    where: [{ field: 'Image', values: [mark] }],
    owner: mark,
    reason: mark,
    expiresAt: Date.UTC(2099, 0, 1),
  };
  return [
    { type: 'ruleset.activated', importId: mark, files: 1, by: provider, at: THEN } satisfies RulesetActivated,
    {
      type: 'ruleset.placeholder-set',
      name: 'tools',
      values: [mark],
      by: provider,
      at: THEN,
    } satisfies RulesetPlaceholderSet,
    { type: 'ruleset.exception-added', ...exception, by: provider, at: THEN } satisfies RulesetExceptionAdded,
  ];
};

export const rulesTold = (tenant: string) => [
  {
    type: 'ruleset.loaded',
    importId: markOf(tenant),
    rules: [],
    failures: [{ file: markOf(tenant), line: 1, reason: markOf(tenant) }],
    elapsedMs: 1,
    at: THEN,
  } satisfies RulesetLoaded,
  {
    type: 'ruleset.import-parked',
    importId: markOf(tenant),
    reason: markOf(tenant),
    under: 'u',
    at: THEN,
  } satisfies RulesetImportParked,
  {
    type: 'ruleset.exception-applied',
    exceptionId: idsOf(tenant).exception,
    ruleId: 'r1',
    counter: 'c',
    suppressed: 7,
    lastAt: THEN,
    at: THEN,
  } satisfies RulesetExceptionApplied,
];
