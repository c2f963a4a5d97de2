import { reachOf, tacticAt } from './names.js';

it('tactics nobody has heard of reach nowhere, and take nothing from those known', () => {
  expect(reachOf(['something-new'])).toBe(-1);
  expect(reachOf(['something-new', 'execution'])).toBe(reachOf(['execution']));
  expect(tacticAt(reachOf(['something-new']))).toBe('nothing');
});
it('tactics of either version of ATT&CK are known', () =>
  expect(
    ['stealth', 'defense-impairment', 'defense-evasion', 'Credential Access'].map((tactic) => reachOf([tactic]) >= 0),
  ).toEqual([true, true, true, true]));
