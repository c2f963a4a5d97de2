import type { MatchedField, Severity, TelemetryEvent } from '#contracts';
import { BadEvent, type Meter, type Rule, type RuleSet, type SigmaEvent } from '#libs/sigma';
import { wiredCorrelations, type CorrelationFeed, type WiredCorrelations } from './correlations.js';
import { groupKeyIn, windowMsOf, type Grouped } from './finding-id.js';
import { engineKindOf } from './kinds.js';

/** What rules read: the vendor's own JSON, and what was said around it. */
export type ReadByRules = Pick<TelemetryEvent, 'native'> & Partial<Pick<TelemetryEvent, 'envelope'>>;
/** What rules need of an event: its main entity, and what they read. */
export type RuleEvent = Pick<TelemetryEvent, 'entity'> & ReadByRules;

/** A rule matched an event. */
export interface RuleMatch extends Grouped {
  /** What the match brings to correlations. */
  feeds: CorrelationFeed[];
  /** The rule only feeds correlations: it raises no finding of its own. */
  isSilent: boolean;
}

/** Compiled rules, put to events as they run everywhere. */
export interface RulesOverEvents {
  set: RuleSet;
  /** By id. */
  rules: ReadonlyMap<string, Rule>;
  correlations: WiredCorrelations;
  /**
   * Matches of one event, in the order of the rules; none for kinds of sources that rules do not know and events that
   * are no JSON object.
   * @param meter on whose account.
   */
  matchesOf(kind: string, event: RuleEvent, meter?: Meter): RuleMatch[];
  /** Why a rule matches an event; nothing when it does not. */
  explain(ruleId: string, kind: string, event: RuleEvent, meter?: Meter): MatchedField[];
  /** What the match of a rule, also one of another set, brings to the correlations of this one. */
  feedsOf(ruleId: string, kind: string, event: RuleEvent): CorrelationFeed[];
}

/** A rule's level in the words of findings. */
export const severityOfLevel = ({ level }: Pick<Rule, 'level'>): Severity => level.toUpperCase() as Severity;

const matching = (set: RuleSet, event: SigmaEvent, meter: Meter | undefined): string[] => {
  try {
    return set.match(event, meter);
  } catch (error) {
    if (error instanceof BadEvent) return [];
    throw error;
  }
};

/** An event as the engine takes it; undefined for kinds of sources that rules do not know. */
export const engineEvent = (kind: string, { native, envelope }: ReadByRules): SigmaEvent | undefined => {
  const logsource = engineKindOf(kind);
  return logsource && { logsource, native, envelope };
};

/**
 * @param windowMs window of findings whose rule names none.
 * @param known rules of another set that correlations refer to.
 */
export const rulesOverEvents = (set: RuleSet, windowMs: number, known: readonly Rule[] = []): RulesOverEvents => {
  const rules = new Map(set.rules.map((rule) => [rule.id, rule]));
  const correlations = wiredCorrelations(set, known);
  const matchOf = (rule: Rule, event: SigmaEvent, entity: string): RuleMatch => ({
    ruleId: rule.id,
    groupKey: groupKeyIn(set, rule, event, entity),
    windowMs: windowMsOf(rule, windowMs),
    feeds: correlations.feedsOf(rule.id, event),
    isSilent: !correlations.plan.raises(rule.id),
  });
  return {
    set,
    rules,
    correlations,
    matchesOf: (kind, seen, meter) => {
      const event = engineEvent(kind, seen);
      return (event ? matching(set, event, meter) : []).flatMap((id) => {
        const rule = rules.get(id);
        return event && rule ? [matchOf(rule, event, seen.entity)] : [];
      });
    },
    explain: (ruleId, kind, seen, meter) => {
      const event = engineEvent(kind, seen);
      return event && rules.has(ruleId) ? set.explain(ruleId, event, meter) : [];
    },
    feedsOf: (ruleId, kind, seen) => {
      const event = engineEvent(kind, seen);
      return event ? correlations.feedsOf(ruleId, event) : [];
    },
  };
};
