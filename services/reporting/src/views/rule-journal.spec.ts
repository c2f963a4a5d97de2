import type { RulesetLoaded } from '#contracts';
import { showing } from '#libs/testing';
import { ruleJournal } from './rule-journal.js';

const loaded = (at: number, ruleId: string, version = '1'): RulesetLoaded => ({
  type: 'ruleset.loaded',
  importId: '',
  rules: [{ ruleId, techniques: ['T1569.002'], kind: 'WINDOWS', tested: true }],
  versions: [{ ruleId, version }],
  failures: [],
  elapsedMs: 5,
  at,
});

it('knows the rules that run, and since when they were told', () => {
  const shown = showing(ruleJournal).of(loaded(1, 'r1'), loaded(3, 'r1'));
  const { told, ...sets } = shown;
  expect(Object.values(sets)).toEqual([
    { importId: '', at: 1, rules: [{ ruleId: 'r1', techniques: ['T1569.002'], kind: 'WINDOWS', tested: true }] },
  ]);
  const [set] = Object.keys(sets);
  expect(told).toEqual({
    told: [
      { set, at: 1 },
      { set, at: 3 },
    ],
  });
});

it('is the same in whatever order it hears, and when it hears twice', () => {
  const [one, two, again] = [loaded(1, 'r1'), loaded(2, 'r2'), loaded(3, 'r1')];
  const expected = showing(ruleJournal).of(one, two, again);
  expect(showing(ruleJournal).of(again, two, one)).toEqual(expected);
  expect(showing(ruleJournal).of(one, two, again, two, one)).toEqual(expected);
});

it('takes a new text of a rule for another set', () =>
  expect(Object.keys(showing(ruleJournal).of(loaded(1, 'r1'), loaded(2, 'r1', '2')))).toHaveLength(3));
