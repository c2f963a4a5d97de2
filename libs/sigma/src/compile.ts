import { LimitPassed, RuleProblem } from './errors.js';
import { limitsOf } from './rule/limits.js';
import { readCorrelation, resolve, type ParsedCorrelation } from './rule/correlation.js';
import { readDocuments, type Place, type RuleDocument } from './rule/documents.js';
import { applyFilters, readFilter, type Filter } from './rule/filter.js';
import { withinLayout } from './rule/layout-limit.js';
import { readRule, type ParsedRule } from './rule/detection-rule.js';
import { Spending } from './rule/spending.js';
import { ruleSetOf } from './rule-set.js';
import type { CompileOptions, Failure, RuleSet, RuleSource } from './types.js';

type Read = { rules: ParsedRule[]; filters: Filter[]; correlations: ParsedCorrelation[]; failures: Failure[] };

/**
 * Rules ready to run. Never throws for what a source says: whatever cannot be loaded is in `failures`, with file, line
 * and reason.
 * Of several rules with one id, the first is kept.
 */
export const compile = (sources: readonly RuleSource[], options: CompileOptions = {}): RuleSet => {
  const steps = compileInSteps(sources, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/** As compile(), one file a step: between steps the caller may let others work. Thousands of rules take seconds. */
export function* compileInSteps(
  sources: readonly RuleSource[],
  options: CompileOptions = {},
): Generator<undefined, RuleSet> {
  const read: Read = { rules: [], filters: [], correlations: [], failures: [] };
  const spent = new Spending(limitsOf(options.limits));
  for (const source of sources) {
    readSource(read, source, options.placeholders ?? {}, spent);
    yield undefined;
  }
  const unique = withoutDoubles(read);
  const filtered = applyFilters(unique.rules, read.filters);
  const laidOut = withinLayout(filtered.rules, spent.limits);
  const resolved = resolve(unique.correlations, [...(options.known ?? []), ...laidOut.rules.map(({ rule }) => rule)]);
  const failures = [
    ...read.failures,
    ...unique.failures,
    ...filtered.failures,
    ...laidOut.failures,
    ...resolved.failures,
  ].map(shortened);
  return ruleSetOf({
    ...options,
    checked: laidOut.rules.map(({ rule, condition }) => ({ rule, condition })),
    correlations: resolved.correlations,
    failures,
  });
}

const LONGEST_REASON = 500;

/** What a rule says goes into the reason, which is told to many. */
const shortened = (failure: Failure): Failure =>
  failure.reason.length > LONGEST_REASON
    ? { ...failure, reason: `${failure.reason.slice(0, LONGEST_REASON - 1)}…` }
    : failure;

const readSource = (
  read: Read,
  source: RuleSource,
  placeholders: Readonly<Record<string, readonly string[]>>,
  spent: Spending,
): void => {
  try {
    const { documents, failures } = readDocuments(source, spent);
    read.failures.push(...failures);
    for (const document of documents) readInto(read, document, placeholders, spent);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    read.failures.push({ file: source.path, line: 1, reason: 'nested too deeply' });
  }
};

const readInto = (
  read: Read,
  document: RuleDocument,
  placeholders: Readonly<Record<string, readonly string[]>>,
  spent: Spending,
): void => {
  try {
    if (document.value.correlation !== undefined) read.correlations.push(readCorrelation(document, spent));
    else if (document.value.filter !== undefined) read.filters.push(readFilter(document, placeholders, spent));
    else read.rules.push(readRule(document, placeholders, spent));
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error;
    read.failures.push({
      file: document.file,
      line: document.lineOf(error.path),
      reason: told(error),
      ...(error instanceof LimitPassed ? { limit: error.limit } : {}),
    });
  }
};

/** "detection.selection.Image|foo: unknown modifier 'foo'" */
const told = ({ path, message }: RuleProblem): string => {
  const where = path.join('.');
  return where === '' || message.includes(`'${path[path.length - 1]}'`) ? message : `${where}: ${message}`;
};

const withoutDoubles = ({ rules, correlations }: Read): Pick<Read, 'rules' | 'correlations' | 'failures'> => {
  const seen = new Map<string, string>();
  const failures: Failure[] = [];
  const isNew = (id: string, { file, lineOf }: Place): boolean => {
    const first = seen.get(id);
    if (first === undefined) return Boolean(seen.set(id, file));
    failures.push({ file, line: lineOf(['id']), reason: `the id ${id} is already used in ${first}` });
    return false;
  };
  return {
    rules: rules.filter(({ rule, document }) => isNew(rule.id, document)),
    correlations: correlations.filter(({ correlation, document }) => isNew(correlation.id, document)),
    failures,
  };
};
