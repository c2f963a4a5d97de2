import type { EventContext, MatchedField, RunningRule, Severity, SourceKind } from '#contracts';
import { idOf } from '#libs/model';
import { BadEvent, compileInSteps, kindOf, type Failure, type Rule, type RuleSet, type RuleSource, type SourceKind as SigmaKind } from '#libs/sigma';
import type { Detection, Hit, SeenEvent } from '../domain/hit.js';
import { sharing } from '../sharing.js';
import { KINDS, SOURCES } from './kinds.js';

/** Rules ready to run, in the service's words. */
export interface CompiledRules {
  rules: number;
  /** What others need to know of the rules, 10,000 at most. */
  running: readonly RunningRule[];
  correlations: number;
  failures: readonly Failure[];
  /** Hits of one event, in the order of the rules; none for sources that rules do not know and events that are no JSON object. */
  hitsOf(kind: SourceKind, event: SeenEvent, context: EventContext | undefined): Hit[];
  explain(ruleId: string, kind: SourceKind, event: SeenEvent): MatchedField[];
}

const LONGEST_KEY = 512;
const RULES_TOLD = 10_000;

const runningOf = ({ id, techniques, logsource, tests = [] }: Rule): RunningRule => {
  const kind = kindOf(logsource);
  return { ruleId: id, techniques, kind: kind ? SOURCES[kind] : 'UNKNOWN', tested: tests.length > 0 };
};

const detectionOf = (rule: Rule, windowMs: number): Detection => ({
  id: rule.id,
  title: rule.title,
  level: rule.level.toUpperCase() as Severity,
  status: rule.status,
  description: rule.description,
  falsePositives: rule.falsepositives,
  runbook: rule.runbook ?? '',
  techniques: rule.techniques,
  tactics: rule.tactics,
  windowMs: rule.windowMinutes === undefined ? windowMs : rule.windowMinutes * 60_000,
});

/** What a rule's findings are grouped by: its fields' values, or the event's main entity when it names none or none is there. */
const groupKeyOf = (set: RuleSet, { groupBy = [] }: Rule, kind: SigmaKind, event: SeenEvent): string => {
  const values = groupBy.length === 0 ? {} : set.read({ logsource: kind, native: event.native }, groupBy);
  if (Object.keys(values).length === 0) return event.entity;
  const key = groupBy.map((field) => `${field}=${values[field] ?? ''}`).join(' ').toLowerCase();
  return key.length <= LONGEST_KEY ? key : `${key.slice(0, LONGEST_KEY)} ${idOf(key)}`;
};

const matching = (set: RuleSet, kind: SigmaKind, event: SeenEvent): string[] => {
  try {
    return set.match({ logsource: kind, native: event.native });
  } catch (error) {
    if (error instanceof BadEvent) return [];
    throw error;
  }
};

const compiledRules = (set: RuleSet, windowMs: number): CompiledRules => {
  const known = new Map(set.rules.map((rule) => [rule.id, { rule, detection: detectionOf(rule, windowMs) }]));
  return {
    rules: set.rules.length,
    running: set.rules.slice(0, RULES_TOLD).map(runningOf),
    correlations: set.correlations.length,
    failures: set.failures,
    hitsOf: (sourceKind, event, context) => {
      const kind = KINDS[sourceKind];
      return (kind ? matching(set, kind, event) : []).flatMap((id) => {
        const one = known.get(id);
        return one ? [{ detection: one.detection, event, context, groupKey: groupKeyOf(set, one.rule, kind as SigmaKind, event) }] : [];
      });
    },
    explain: (ruleId, sourceKind, event) => {
      const kind = KINDS[sourceKind];
      return kind && known.has(ruleId) ? set.explain(ruleId, { logsource: kind, native: event.native }) : [];
    },
  };
};

/** Compiles while others work. @param windowMs window of findings whose rule names none. */
export const compileRules = async (sources: readonly RuleSource[], windowMs: number): Promise<CompiledRules> => {
  const share = sharing();
  const steps = compileInSteps(sources);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return compiledRules(value, windowMs);
    await share();
  }
};
