import type { RulesetLoaded } from '#contracts';
import { viewsInMemory } from '#libs/store';
import { OPERATOR } from '#libs/terms';
import { heard } from '#libs/testing';
import { ruleJournal } from '../views/index.js';
import { readJournals } from './read-journals.js';

const loaded = (at: number, ruleId: string, version = '1'): RulesetLoaded => ({
  type: 'ruleset.loaded',
  importId: '',
  rules: [{ ruleId, techniques: ['T1569.002'], kind: 'WINDOWS', tested: true }],
  versions: [{ ruleId, version }],
  failures: [],
  elapsedMs: 5,
  at,
});

/** The rules that a report until then is made with. */
const rulesAt = async (to: number, ...facts: RulesetLoaded[]): Promise<string[]> => {
  const views = viewsInMemory(
    [ruleJournal],
    facts.map((fact) => heard(fact, { tenant: OPERATOR })),
  );
  const { rules } = await readJournals(views, 'acme', { from: 0, to });
  return rules.flatMap((set) => set.rules.map(({ ruleId }) => ruleId));
};

it('tells the rules of the time: built-in ones of a later release, and of the one before once it runs again', async () => {
  const facts = [loaded(10, 'old'), loaded(20, 'new'), loaded(30, 'old')];
  expect(await rulesAt(10, ...facts)).toEqual([]);
  expect(await rulesAt(15, ...facts)).toEqual(['old']);
  expect(await rulesAt(25, ...facts)).toEqual(['new']);
  expect(await rulesAt(35, ...facts)).toEqual(['old']);
});
