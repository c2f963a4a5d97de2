import type { RulesetLoaded } from '#contracts';
import type { View } from '#libs/model';
import type { RuleJournal } from '../domain/journals.js';

/** One document: the rules that run, the techniques they address, on which kind of source, and whether they bring tests. */
export const ruleJournal: View<RuleJournal, RulesetLoaded> = {
  name: 'rule-journal',
  hears: ['ruleset.loaded'],
  keys: () => ['running'],
  // Every replica tells, and telling comes in any order: the latest counts.
  show: (doc, { message: { importId, rules, at } }) => (doc && doc.at >= at ? doc : { importId, at, rules }),
};
