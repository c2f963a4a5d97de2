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

type RulesetFolds = {
  [Type in RulesetViewFact['type']]: (
    doc: RulesetDoc,
    fact: Extract<RulesetViewFact, { type: Type }>,
  ) => Partial<RulesetDoc>;
};

const placeholdersWith = (placeholders: PlaceholderValues[], { name, values }: PlaceholderValues) => {
  const others = placeholders.filter((one) => one.name !== name);
  return (values.length ? [...others, { name, values }] : others).sort((a, b) => (a.name < b.name ? -1 : 1));
};

const switchedOff = (
  { resumed, switchedOff: before }: RulesetDoc,
  { findingId, groupKey: ruleId, rule: { description: reason }, detectedAt: at }: FindingRaised,
): Partial<RulesetDoc> => {
  if (resumed?.some((one) => one.ruleId === ruleId && one.at >= at)) return {};
  const others = before.filter((one) => one.findingId !== findingId);
  return {
    switchedOff: [...others, { findingId, ruleId, reason, at }]
      .sort((a, b) => a.at - b.at || (a.findingId < b.findingId ? -1 : 1))
      .slice(-SWITCHED_OFF_AT_MOST),
  };
};

const backInService = (doc: RulesetDoc, { ruleId, at }: RulesetRuleResumed): Partial<RulesetDoc> => {
  const before = doc.resumed ?? [];
  const latest = Math.max(at, ...before.filter((one) => one.ruleId === ruleId).map((one) => one.at));
  const resumed = [...before.filter((one) => one.ruleId !== ruleId), { ruleId, at: latest }]
    .sort((a, b) => a.at - b.at || (a.ruleId < b.ruleId ? -1 : 1))
    .slice(-SWITCHED_OFF_AT_MOST);
  return { resumed, switchedOff: doc.switchedOff.filter((one) => one.ruleId !== ruleId || one.at > at) };
};

const folds: RulesetFolds = {
  'finding.raised': switchedOff,
  'ruleset.activated': (_doc, { importId, files, by, at }) => ({ imported: { importId, files, by, at } }),
  'ruleset.import-parked': ({ parked }, { importId, reason, at }) =>
    parked && parked.at > at ? {} : { parked: { importId, reason, at } },
  'ruleset.loaded': ({ loaded }, { importId, rules, failures, at }) =>
    loaded && loaded.at > at ? {} : { loaded: { importId, rules: rules.length, failures, at } },
  'ruleset.placeholder-set': ({ placeholders }, placeholder) => ({
    placeholders: placeholdersWith(placeholders, placeholder),
  }),
  'ruleset.rule-resumed': backInService,
};

export const RULESET = 'ruleset';

/** One document a tenant. */
export const rulesets: View<RulesetDoc, RulesetViewFact> = {
  name: 'rulesets',
  hears: Object.keys(folds) as RulesetViewFact['type'][],
  keys: ({ message }) => (message.type !== 'finding.raised' || message.rule.id === RULE_DISABLED ? [RULESET] : []),
  show: (before, { message }) => {
    const doc = before ?? { imported: null, placeholders: [], loaded: null, switchedOff: [] };
    const fold = folds[message.type] as (doc: RulesetDoc, fact: RulesetViewFact) => Partial<RulesetDoc>;
    return { ...doc, ...fold(doc, message) };
  },
};
