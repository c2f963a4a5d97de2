import { correlationPlan, emptyCorrelationState, feed, finish, type CorrelationPlan } from './correlate/index.js';
import { kindOf } from './evaluate/logsources.js';
import type { Correlation, CorrelationTest, Logsource, RuleSet, SourceKind } from './types.js';

export type RuleTestResult = {
  ruleId: string;
  title: string;
  file: string;
  test: string;
  expected: boolean;
  matched: boolean;
  passed: boolean;
};

const encoder = new TextEncoder();

/**
 * Runs the tests written inside rules, each event as native JSON of the rule's own source, so that the rule must also
 * be reached through the pipeline. A rule whose product has no pipeline is run on its own logsource.
 */
export const ruleTests = (ruleSet: RuleSet): RuleTestResult[] =>
  ruleSet.rules.flatMap((rule) =>
    (rule.tests ?? []).map(({ name, event, matches }) => {
      const logsource = kindOf(rule.logsource) ?? rule.logsource;
      const matched = ruleSet.match({ logsource, native: encoder.encode(JSON.stringify(event)) }).includes(rule.id);
      return {
        ruleId: rule.id,
        title: rule.title,
        file: rule.file,
        test: name,
        expected: matches,
        matched,
        passed: matched === matches,
      };
    }),
  );

export type CorrelationTestResult = {
  correlationId: string;
  title: string;
  file: string;
  test: string;
  expected: number;
  fired: number;
  passed: boolean;
};

/** The rule that a correlation rests on first. */
const firstRule = (ruleSet: RuleSet, { rules: [first] }: Correlation): SourceKind | Logsource => {
  const rule = ruleSet.rules.find(({ id }) => id === first);
  const inner = ruleSet.correlations.find(({ id }) => id === first);
  if (rule) return kindOf(rule.logsource) ?? rule.logsource;
  return inner ? firstRule(ruleSet, inner) : {};
};

const findingsIn = (
  ruleSet: RuleSet,
  plan: CorrelationPlan,
  correlation: Correlation,
  { events }: CorrelationTest,
): number => {
  const state = emptyCorrelationState();
  let fired = 0;
  events.forEach(({ atMs, event, source }, index) => {
    const seen = {
      logsource: source ?? firstRule(ruleSet, correlation),
      native: encoder.encode(JSON.stringify(event)),
    };
    for (const ruleId of ruleSet.match(seen)) {
      for (const { correlationId, node, fields } of plan
        .routes(ruleId)
        .filter((route) => route.correlationId === correlation.id)) {
        const match = {
          scope: '',
          correlationId,
          node,
          ruleId,
          eventId: String(index),
          occurredAt: atMs,
          values: ruleSet.read(seen, fields),
          upTo: 0,
        };
        fired += feed(plan, state, match).fired.length;
      }
    }
  });
  return fired + finish(plan, state).fired.length;
};

/** Runs the tests written inside correlations that raise: native events at stated times, in any order. */
export const correlationTests = (ruleSet: RuleSet): CorrelationTestResult[] => {
  const plan = correlationPlan(ruleSet.correlations);
  return ruleSet.correlations.flatMap((correlation) =>
    (correlation.tests ?? []).map((test) => {
      const fired = findingsIn(ruleSet, plan, correlation, test);
      return {
        correlationId: correlation.id,
        title: correlation.title,
        file: correlation.file,
        test: test.name,
        expected: test.fires,
        fired,
        passed: fired === test.fires,
      };
    }),
  );
};
