import type { RulesetLoaded } from '#contracts';
import type { View } from '#libs/model';
import type { RuleJournal } from '../domain/journals/index.js';

/**
 * One document an import: the rules that run with it, the techniques they address, on which kind of source, and whether
 * they bring tests. Kept from when they were first told, so that an older report can be recomputed with the rules of
 * its time.
 */
export const ruleJournal: View<RuleJournal, RulesetLoaded> = {
  name: 'rule-journal',
  hears: ['ruleset.loaded'],
  keys: ({ message: { importId } }) => [importId || 'built-in'],
  // Every replica tells, at every start, and telling comes in any order: the first counts.
  show: (doc, { message: { importId, rules, at } }) => (doc && doc.at <= at ? doc : { importId, at, rules }),
};
