import type { EventContext, MatchedField, RuleVersion, RunningRule, SourceKind } from '#contracts';
import {
  rulesOverEvents,
  severityOfLevel,
  SOURCE_KINDS,
  windowMsOf,
  type CorrelationFeed,
  type RuleMatch,
} from '#libs/rules';
import {
  kindOf,
  type Correlation,
  type CorrelationPlan,
  type Failure,
  type Meter,
  type Rule,
  type RuleSet,
  type RuleSource,
} from '#libs/sigma';
import type { Detection, Hit, SeenEvent } from '../domain/hits/hit.js';
import { ruleTexts, type RuleTexts } from './rule-texts.js';

/** A correlation that raises findings. */
export interface RaisingCorrelation {
  correlation: Correlation;
  detection: Detection;
  /** The plan it is part of. */
  plan: CorrelationPlan;
  /** What a rule that feeds it is called. */
  titleOf(ruleId: string): string;
}

/** Rules ready to run, in the service's words. */
export interface CompiledRules {
  rules: number;
  /** What others need to know of the rules, 10,000 at most. */
  running: readonly RunningRule[];
  correlations: number;
  failures: readonly Failure[];
  /**
   * Hits of one event, in the order of the rules; none for sources that rules do not know and events that are no JSON
   * object. `meter`: on whose account.
   */
  hitsOf(kind: SourceKind, event: SeenEvent, context: EventContext | undefined, meter?: Meter): Hit[];
  explain(ruleId: string, kind: SourceKind, event: SeenEvent, meter?: Meter): MatchedField[];
  /** A correlation that raises; undefined when it does not run. */
  correlating(correlationId: string): RaisingCorrelation | undefined;
  /**
   * Files that make of events what a rule or correlation makes of them here: its own, those of the rules it rests on,
   * of the correlations that name it and of filters. None: it does not run.
   */
  sourcesOf(ruleId: string): RuleSource[];
}

/** The same with the set itself, for what is built on it. */
export interface LoadedRules extends CompiledRules, Omit<RuleTexts, 'versionOf'> {
  set: RuleSet;
  /** By id. */
  known: ReadonlyMap<string, Rule>;
  /** Texts of the rules that run, 10,000 at most. */
  versions: readonly RuleVersion[];
  /** What the match of a rule, also one of another set, brings to the correlations of this one. */
  feedsOf(ruleId: string, kind: SourceKind, event: SeenEvent): CorrelationFeed[];
}

const RULES_TOLD = 10_000;

const detectionOf = (one: Rule | Correlation, windowMs: number, version: string | undefined): Detection => ({
  id: one.id,
  title: one.title,
  level: severityOfLevel(one),
  status: one.status,
  description: one.description,
  falsePositives: one.falsepositives,
  runbook: one.runbook ?? '',
  techniques: one.techniques,
  tactics: one.tactics,
  windowMs,
  ...(version === undefined ? {} : { version }),
});

const runningRule = ({ id, techniques, logsource, tests = [] }: Rule): RunningRule => {
  const kind = kindOf(logsource);
  return { ruleId: id, techniques, kind: kind ? SOURCE_KINDS[kind] : 'UNKNOWN', tested: tests.length > 0 };
};

const runningCorrelation = (
  { id, techniques, tests = [] }: Correlation,
  [kind]: readonly SourceKind[],
): RunningRule => ({ ruleId: id, techniques, kind: kind ?? 'UNKNOWN', tested: tests.length > 0 });

const hitOf = (
  { groupKey, feeds, isSilent }: RuleMatch,
  detection: Detection,
  event: SeenEvent,
  context: EventContext | undefined,
): Hit => ({
  detection,
  event,
  context,
  groupKey,
  ...(feeds.length > 0 ? { feeds } : {}),
  ...(isSilent ? { isSilent } : {}),
});

/**
 * Rules of a set that was compiled here or elsewhere.
 * @param windowMs window of findings whose rule names none.
 * @param known rules of another set that correlations may refer to.
 */
export const loadedRules = (
  set: RuleSet,
  sources: readonly RuleSource[],
  windowMs: number,
  placeholders: Record<string, string[]> = {},
  known: readonly Rule[] = [],
): LoadedRules => {
  const { versionOf, ...texts } = ruleTexts(set, sources, placeholders);
  const { rules, correlations, matchesOf, explain, feedsOf } = rulesOverEvents(set, windowMs, known);
  const { plan, raising, kindsOf, titleOf } = correlations;
  const ofRules = new Map(
    set.rules.map((rule) => [rule.id, detectionOf(rule, windowMsOf(rule, windowMs), versionOf(rule.id))]),
  );
  const ofCorrelations = new Map(
    [...raising.values()].map((one): [string, RaisingCorrelation] => [
      one.id,
      { correlation: one, plan, titleOf, detection: detectionOf(one, one.timespanMs, versionOf(one.id)) },
    ]),
  );
  const running = [
    ...[...raising.values()].map((one) => runningCorrelation(one, kindsOf(one.id))),
    ...set.rules.map(runningRule),
  ].slice(0, RULES_TOLD);
  return {
    ...texts,
    set,
    rules: set.rules.length,
    known: rules,
    running,
    versions: running.map(({ ruleId }) => ({ ruleId, version: versionOf(ruleId) ?? '' })),
    correlations: set.correlations.length,
    failures: set.failures,
    hitsOf: (kind, event, context, meter) =>
      matchesOf(kind, event, meter).flatMap((match) => {
        const detection = ofRules.get(match.ruleId);
        return detection ? [hitOf(match, detection, event, context)] : [];
      }),
    explain,
    correlating: (id) => ofCorrelations.get(id),
    feedsOf,
  };
};
