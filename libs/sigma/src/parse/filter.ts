import { at, RuleProblem } from '../errors.js';
import { all, type Expression } from '../expression.js';
import type { Failure, Logsource } from '../types.js';
import { isMap, readDetection } from './detection.js';
import type { RuleDocument } from './documents.js';
import { readLogsource, requiredText, texts } from './fields.js';
import type { ParsedRule } from './rule.js';

/** A Sigma filter: its condition is joined with AND to the rules it names (so a suppression is written `not selection`). */
export type Filter = { title: string; rules: string[] | 'any'; logsource: Logsource; condition: Expression; missing: string[]; document: RuleDocument };

export const readFilter = (document: RuleDocument, placeholders: Readonly<Record<string, readonly string[]>>): Filter => {
  const { value } = document;
  const title = requiredText(value, 'title');
  const logsource = readLogsource(value);
  const missing = new Set<string>();
  const section = value.filter;
  if (!isMap(section)) throw new RuleProblem("'filter' must be a map", ['filter']);
  const names = at(['filter'], () => texts(section, 'rules'));
  if (names.length === 0) throw new RuleProblem("a filter must name its rules, or 'any'", ['filter', 'rules']);
  const condition = at(['filter'], () => readDetection(section, { values: placeholders, missing }, ['rules']));
  return { title, rules: names.length === 1 && names[0] === 'any' ? 'any' : names, logsource, condition, missing: [...missing], document };
};

/** Joins filters to rules. A filter that names a rule which is not there, or of another logsource, is reported. */
export const applyFilters = (rules: readonly ParsedRule[], filters: readonly Filter[]): { rules: ParsedRule[]; failures: Failure[] } => {
  const failures: Failure[] = [];
  let result = [...rules];
  for (const filter of filters) {
    const named = new Set(filter.rules === 'any' ? [] : filter.rules);
    const concerned = (parsed: ParsedRule): boolean =>
      covers(filter.logsource, parsed.rule.logsource) && (filter.rules === 'any' || named.has(parsed.rule.id) || named.has(parsed.rule.name ?? ''));
    for (const name of named) {
      if (result.some((parsed) => concerned(parsed) && (parsed.rule.id === name || parsed.rule.name === name))) continue;
      failures.push({ file: filter.document.file, line: filter.document.lineOf(['filter', 'rules']), reason: `the filter names '${name}', which is no loaded rule of its logsource` });
    }
    result = result.map((parsed) => (concerned(parsed) ? joined(parsed, filter) : parsed));
  }
  return { rules: result, failures };
};

const joined = (parsed: ParsedRule, filter: Filter): ParsedRule => ({
  ...parsed,
  rule: { ...parsed.rule, needs: [...new Set([...parsed.rule.needs, ...filter.missing])] },
  condition: all([parsed.condition, filter.condition]),
});

/** True when everything `general` names is equal in `special`. */
export const covers = (general: Logsource, special: Logsource): boolean =>
  (general.product === undefined || general.product === special.product)
  && (general.category === undefined || general.category === special.category)
  && (general.service === undefined || general.service === special.service);
