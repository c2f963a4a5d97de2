import type { RulesetLoaded } from '#contracts';
import { firstAndLatest, idOf, type View } from '#libs/model';
import { RULES_TOLD, type RuleJournal, type RulesToldJournal } from '../domain/journals/index.js';

/** Every start of a replica is one. */
const MOST = 2_000;

const inOrder = <Rule extends { ruleId: string }>(rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1));

/** The same rules with the same texts are one set, whoever starts and whenever; other texts are another. */
const setOf = ({ importId, rules, versions }: RulesetLoaded): string =>
  idOf('rules', importId, JSON.stringify([inOrder(rules), versions ? inOrder(versions) : null]));

const toldAfter = ({ told }: RulesToldJournal, one: RulesToldJournal['told'][number]): RulesToldJournal => {
  if (told.some(({ set, at }) => set === one.set && at === one.at)) return { told };
  const all = [...told, one].sort((a, b) => a.at - b.at || (a.set < b.set ? -1 : 1));
  return { told: firstAndLatest(all, MOST) };
};

/**
 * One document a set of rules: those that run, the techniques they address, on which kind of source, and whether they
 * bring tests; and one that says which set was told when, so that each report is made, and made again, with the rules
 * of its time.
 */
export const ruleJournal: View<RuleJournal | RulesToldJournal, RulesetLoaded> = {
  name: 'rule-journal',
  hears: ['ruleset.loaded'],
  keys: ({ message }) => [setOf(message), RULES_TOLD],
  // Every replica tells, at every start, and telling comes in any order.
  show: (doc, { message }, key) => {
    const { importId, rules, at } = message;
    if (key === RULES_TOLD) return toldAfter((doc as RulesToldJournal) ?? { told: [] }, { set: setOf(message), at });
    return doc && (doc as RuleJournal).at <= at ? doc : { importId, at, rules };
  },
};
