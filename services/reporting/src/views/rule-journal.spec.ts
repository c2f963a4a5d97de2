import type { RulesetLoaded } from '#contracts';
import { showing } from '#libs/testing';
import { ruleJournal } from './rule-journal.js';

const loaded = (at: number, ruleId: string): RulesetLoaded => ({
  type: 'ruleset.loaded',
  importId: 'i1',
  rules: [{ ruleId, techniques: ['T1569.002'], kind: 'WINDOWS', tested: true }],
  failures: [],
  elapsedMs: 5,
  at,
});

it('knows the rules that run', () =>
  expect(showing(ruleJournal).of(loaded(1, 'r1'))).toEqual({
    i1: { importId: 'i1', at: 1, rules: [{ ruleId: 'r1', techniques: ['T1569.002'], kind: 'WINDOWS', tested: true }] },
  }));

it('keeps what was told first, in whatever order it hears', () => {
  expect(showing(ruleJournal).of(loaded(1, 'r1'), loaded(2, 'r2'))).toEqual(
    showing(ruleJournal).of(loaded(2, 'r2'), loaded(1, 'r1')),
  );
});
