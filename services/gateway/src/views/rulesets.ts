import type { Actor, PlaceholderValues, RuleFailure, RulesetActivated, RulesetLoaded, RulesetPlaceholderSet } from '#contracts';
import type { View } from '#libs/model';

type RulesetFact = RulesetActivated | RulesetLoaded | RulesetPlaceholderSet;

/** What a tenant adds to the rules for everybody; of the operator, what it has imported for everybody. */
export interface RulesetDoc {
  imported: { importId: string; files: number; by: Actor; at: number } | null;
  placeholders: PlaceholderValues[];
  /** What detection told last. */
  loaded: { importId: string; rules: number; failures: RuleFailure[]; at: number } | null;
}

const changed = (doc: RulesetDoc, message: RulesetFact): Partial<RulesetDoc> => {
  switch (message.type) {
    case 'ruleset.activated': {
      const { importId, files, by, at } = message;
      return { imported: { importId, files, by, at } };
    }
    case 'ruleset.placeholder-set': {
      const { name, values } = message;
      const others = doc.placeholders.filter((one) => one.name !== name);
      return { placeholders: (values.length ? [...others, { name, values }] : others).sort((a, b) => (a.name < b.name ? -1 : 1)) };
    }
    case 'ruleset.loaded': {
      const { importId, rules, failures, at } = message;
      return doc.loaded && doc.loaded.at > at ? {} : { loaded: { importId, rules: rules.length, failures, at } };
    }
  }
};

export const RULESET = 'ruleset';

/** One document a tenant. */
export const rulesets: View<RulesetDoc, RulesetFact> = {
  name: 'rulesets',
  hears: ['ruleset.activated', 'ruleset.loaded', 'ruleset.placeholder-set'],
  keys: () => [RULESET],
  show: (before, { message }) => {
    const doc = before ?? { imported: null, placeholders: [], loaded: null };
    return { ...doc, ...changed(doc, message) };
  },
};
