import type { RulesetLoaded } from '#contracts';
import { viewsInMemory } from '#libs/store';
import { OPERATOR } from '#libs/terms';
import { heard } from '#libs/testing';
import { rulesLoaded } from '../../test/loaded-rules.js';
import { ruleJournal } from '../views/index.js';
import { readJournals } from './read-journals.js';

/** The rules that a report until then is made with. */
const rulesAt = async (to: number, ...facts: RulesetLoaded[]): Promise<string[]> => {
  const views = viewsInMemory(
    [ruleJournal],
    facts.map((fact) => heard(fact, { tenant: OPERATOR })),
  );
  const { rules } = await readJournals(views, 'acme', { from: 0, to, kind: 'WEEKLY', timeZone: 'UTC' });
  return rules.flatMap((set) => set.rules.map(({ ruleId }) => ruleId));
};

it('tells the rules of the time: built-in ones of a later release, and of the one before once it runs again', async () => {
  const facts = [rulesLoaded(10, 'old'), rulesLoaded(20, 'new'), rulesLoaded(30, 'old')];
  expect(await rulesAt(10, ...facts)).toEqual([]);
  expect(await rulesAt(15, ...facts)).toEqual(['old']);
  expect(await rulesAt(25, ...facts)).toEqual(['new']);
  expect(await rulesAt(35, ...facts)).toEqual(['old']);
});
