import type { RulesetLoaded } from '#contracts';

/** One rule of the built-in ones that was told to run. @param at epoch ms. */
export const rulesLoaded = (at: number, ruleId: string, version = '1'): RulesetLoaded => ({
  type: 'ruleset.loaded',
  importId: '',
  rules: [{ ruleId, techniques: ['T1569.002'], kind: 'WINDOWS', tested: true }],
  versions: [{ ruleId, version }],
  failures: [],
  elapsedMs: 5,
  at,
});
