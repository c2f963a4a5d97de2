import { kindOf } from './match/logsources.js';
import type { RuleSet } from './types.js';

export type RuleTestResult = { ruleId: string; title: string; file: string; test: string; expected: boolean; matched: boolean; passed: boolean };

const encoder = new TextEncoder();

/**
 * Runs the tests written inside rules, each event as native JSON of the rule's own source, so that the rule must also be reached
 * through the pipeline. A rule whose product has no pipeline is run on its own logsource.
 */
export const ruleTests = (ruleSet: RuleSet): RuleTestResult[] =>
  ruleSet.rules.flatMap((rule) => (rule.tests ?? []).map(({ name, event, matches }) => {
    const logsource = kindOf(rule.logsource) ?? rule.logsource;
    const matched = ruleSet.match({ logsource, native: encoder.encode(JSON.stringify(event)) }).includes(rule.id);
    return { ruleId: rule.id, title: rule.title, file: rule.file, test: name, expected: matches, matched, passed: matched === matches };
  }));
