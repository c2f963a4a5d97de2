import { showing } from '#libs/testing';
import { rulesLoaded } from '../../test/loaded-rules.js';
import { ruleJournal } from './rule-journal.js';

it('knows the rules that run, and since when they were told', () => {
  const shown = showing(ruleJournal).of(rulesLoaded(1, 'r1'), rulesLoaded(3, 'r1'));
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
  const [one, two, again] = [rulesLoaded(1, 'r1'), rulesLoaded(2, 'r2'), rulesLoaded(3, 'r1')];
  const expected = showing(ruleJournal).of(one, two, again);
  expect(showing(ruleJournal).of(again, two, one)).toEqual(expected);
  expect(showing(ruleJournal).of(one, two, again, two, one)).toEqual(expected);
});

it('takes a new text of a rule for another set', () =>
  expect(Object.keys(showing(ruleJournal).of(rulesLoaded(1, 'r1'), rulesLoaded(2, 'r1', '2')))).toHaveLength(3));
