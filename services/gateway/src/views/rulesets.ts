import type {
  Actor,
  FindingRaised,
  PlaceholderValues,
  RuleFailure,
  RulesetActivated,
  RulesetImportParked,
  RulesetLoaded,
  RulesetPlaceholderSet,
  RulesetRuleResumed,
} from '#contracts';
import type { View } from '#libs/model';

export type RulesetViewFact =
  | FindingRaised
  | RulesetActivated
  | RulesetImportParked
  | RulesetLoaded
  | RulesetPlaceholderSet
  | RulesetRuleResumed;

/** What a tenant adds to the rules for everybody; of the operator, what it has imported for everybody. */
export interface RulesetDoc {
  imported: { importId: string; files: number; by: Actor; at: number } | null;
  placeholders: PlaceholderValues[];
  /** What detection told last. */
  loaded: { importId: string; rules: number; failures: RuleFailure[]; at: number } | null;
  /** The last import that could not be compiled: the one before runs on. */
  parked?: { importId: string; reason: string; at: number } | null;
  /**
   * Rules put aside because they took too long on events of the tenant, the latest last; each until it is back in
   * service.
   */
  switchedOff: { findingId: string; ruleId: string; reason: string; at: number }[];
  /** When rules came back, the latest last. */
  resumed?: { ruleId: string; at: number }[];
}

/** Detection's finding about its own health. */
const RULE_DISABLED = 'vigie.rule-disabled';
const SWITCHED_OFF_AT_MOST = 50;

const changed = (doc: RulesetDoc, message: RulesetViewFact): Partial<RulesetDoc> => {
  switch (message.type) {
    case 'finding.raised': {
      const {
        findingId,
        groupKey: ruleId,
        rule: { description: reason },
        detectedAt: at,
      } = message;
      if (doc.resumed?.some((one) => one.ruleId === ruleId && one.at >= at)) return {};
      const others = doc.switchedOff.filter((one) => one.findingId !== findingId);
      return {
        switchedOff: [...others, { findingId, ruleId, reason, at }]
          .sort((a, b) => a.at - b.at || (a.findingId < b.findingId ? -1 : 1))
          .slice(-SWITCHED_OFF_AT_MOST),
      };
    }
    case 'ruleset.rule-resumed': {
      const { ruleId, at } = message;
      const resumed = [
        ...(doc.resumed ?? []).filter((one) => one.ruleId !== ruleId),
        {
          ruleId,
          at: Math.max(at, ...(doc.resumed ?? []).filter((one) => one.ruleId === ruleId).map((one) => one.at)),
        },
      ]
        .sort((a, b) => a.at - b.at || (a.ruleId < b.ruleId ? -1 : 1))
        .slice(-SWITCHED_OFF_AT_MOST);
      return { resumed, switchedOff: doc.switchedOff.filter((one) => one.ruleId !== ruleId || one.at > at) };
    }
    case 'ruleset.import-parked': {
      const { importId, reason, at } = message;
      return doc.parked && doc.parked.at > at ? {} : { parked: { importId, reason, at } };
    }
    case 'ruleset.activated': {
      const { importId, files, by, at } = message;
      return { imported: { importId, files, by, at } };
    }
    case 'ruleset.placeholder-set': {
      const { name, values } = message;
      const others = doc.placeholders.filter((one) => one.name !== name);
      return {
        placeholders: (values.length ? [...others, { name, values }] : others).sort((a, b) =>
          a.name < b.name ? -1 : 1,
        ),
      };
    }
    case 'ruleset.loaded': {
      const { importId, rules, failures, at } = message;
      return doc.loaded && doc.loaded.at > at ? {} : { loaded: { importId, rules: rules.length, failures, at } };
    }
  }
};

export const RULESET = 'ruleset';

/** One document a tenant. */
export const rulesets: View<RulesetDoc, RulesetViewFact> = {
  name: 'rulesets',
  hears: [
    'finding.raised',
    'ruleset.activated',
    'ruleset.import-parked',
    'ruleset.loaded',
    'ruleset.placeholder-set',
    'ruleset.rule-resumed',
  ],
  keys: ({ message }) => (message.type !== 'finding.raised' || message.rule.id === RULE_DISABLED ? [RULESET] : []),
  show: (before, { message }) => {
    const doc = before ?? { imported: null, placeholders: [], loaded: null, switchedOff: [] };
    return { ...doc, ...changed(doc, message) };
  },
};
