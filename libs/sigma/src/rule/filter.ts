import { at, LimitPassed, RuleProblem } from '../errors.js';
import { all, sizeOf, type Expression } from './expression.js';
import type { Failure, Logsource } from '../types.js';
import { checkAttributes } from './attribute-limits.js';
import { isMap, readDetection } from './selections.js';
import type { RuleDocument } from './documents.js';
import { readLogsource, requiredText, texts } from './attributes.js';
import type { ParsedRule } from './detection-rule.js';
import type { Spending } from './spending.js';

/**
 * A Sigma filter: its condition is joined with AND to the rules it names (so a suppression is written `not selection`).
 */
export type Filter = {
  title: string;
  rules: string[] | 'any';
  logsource: Logsource;
  condition: Expression;
  size: number;
  missing: string[];
  document: RuleDocument;
};

export const readFilter = (
  document: RuleDocument,
  placeholders: Readonly<Record<string, readonly string[]>>,
  all: Spending,
): Filter => {
  const { value } = document;
  all.countFilter();
  checkAttributes(value, all.limits);
  const title = requiredText(value, 'title');
  const logsource = readLogsource(value);
  const missing = new Set<string>();
  const section = value.filter;
  if (!isMap(section)) throw new RuleProblem("'filter' must be a map", ['filter']);
  const names = at(['filter'], () => texts(section, 'rules'));
  if (names.length === 0) throw new RuleProblem("a filter must name its rules, or 'any'", ['filter', 'rules']);
  const condition = at(['filter'], () =>
    readDetection(section, { values: placeholders, missing, spent: all.rule() }, ['rules']),
  );
  return {
    title,
    rules: names.length === 1 && names[0] === 'any' ? 'any' : names,
    logsource,
    condition,
    size: sizeOf(condition),
    missing: [...missing],
    document,
  };
};

/**
 * Joins filters to rules. A filter that names a rule which is not there, or of another logsource, is reported; so is a
 * rule that becomes too large.
 */
export const applyFilters = (
  rules: readonly ParsedRule[],
  filters: readonly Filter[],
): { rules: ParsedRule[]; failures: Failure[] } => {
  const failures: Failure[] = [];
  const byName = new Map<string, ParsedRule[]>();
  for (const parsed of filters.length === 0 ? [] : rules) {
    for (const name of new Set([parsed.rule.id, parsed.rule.name ?? ''])) addTo(byName, name, parsed);
  }
  const joined = new Map<ParsedRule, Filter[]>();
  for (const filter of filters) {
    const {
      document: { file, lineOf },
    } = filter;
    const fits = ({ rule }: ParsedRule): boolean => covers(filter.logsource, rule.logsource);
    const named =
      filter.rules === 'any'
        ? []
        : [...new Set(filter.rules)].map((name) => ({ name, found: (byName.get(name) ?? []).filter(fits) }));
    for (const { name } of named.filter(({ found }) => found.length === 0)) {
      failures.push({
        file,
        line: lineOf(['filter', 'rules']),
        reason: `the filter names '${name}', which is no loaded rule of its logsource`,
      });
    }
    const concerned = filter.rules === 'any' ? rules.filter(fits) : new Set(named.flatMap(({ found }) => found));
    for (const parsed of concerned) addTo(joined, parsed, filter);
  }
  return { rules: rules.flatMap((parsed) => withFilters(parsed, joined.get(parsed) ?? [], failures)), failures };
};

const addTo = <K, V>(lists: Map<K, V[]>, key: K, value: V): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};

const withFilters = (parsed: ParsedRule, filters: readonly Filter[], failures: Failure[]): ParsedRule[] => {
  if (filters.length === 0) return [parsed];
  const {
    rule,
    condition,
    document: { file, lineOf },
    spent,
  } = parsed;
  try {
    spent.take(
      'Parts',
      filters.reduce((sum, { size }) => sum + size, 1),
    );
  } catch (error) {
    if (!(error instanceof LimitPassed)) throw error;
    failures.push({
      file,
      line: lineOf(['detection']),
      reason: `with its filters, ${error.message}`,
      limit: error.limit,
    });
    return [];
  }
  const needs = [...new Set([...rule.needs, ...filters.flatMap(({ missing }) => missing)])];
  return [
    { ...parsed, rule: { ...rule, needs }, condition: all([condition, ...filters.map((filter) => filter.condition)]) },
  ];
};

/** True when everything `general` names is equal in `special`. */
export const covers = (general: Logsource, special: Logsource): boolean =>
  (general.product === undefined || general.product === special.product) &&
  (general.category === undefined || general.category === special.category) &&
  (general.service === undefined || general.service === special.service);
