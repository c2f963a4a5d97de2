import { at, LimitPassed, RuleProblem } from '../errors.js';
import type { Limits } from './limits.js';
import type { Comparison, Correlation, CorrelationType, Failure, Json, JsonObject } from '../types.js';
import { checkAttributes, checkSection } from './attribute-limits.js';
import { isMap } from './selections.js';
import type { RuleDocument } from './documents.js';
import { readCorrelationExtras } from './correlation-tests.js';
import { readAttack, readLevel, requiredText, text, texts } from './attributes.js';
import { optional } from './detection-rule.js';
import type { Spending } from './spending.js';

const TYPES: readonly string[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
] satisfies CorrelationType[];
const TEMPORAL: readonly string[] = ['temporal', 'temporal_ordered'];
const OPERATORS: readonly string[] = ['lt', 'lte', 'gt', 'gte', 'eq', 'neq'] satisfies Comparison[];
const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export type ParsedCorrelation = { correlation: Correlation; document: RuleDocument };

/** Reads a correlation rule; the rules it refers to are resolved once everything is read. */
export const readCorrelation = (document: RuleDocument, all: Spending): ParsedCorrelation => {
  const { value, file, line } = document;
  const { limits } = all;
  all.countRule();
  checkAttributes(value, limits);
  const title = requiredText(value, 'title');
  const section = value.correlation;
  if (!isMap(section)) throw new RuleProblem("'correlation' must be a map", ['correlation']);
  at(['correlation'], () => checkSection(section, limits));
  const tags = texts(value, 'tags');
  const correlation: Correlation = {
    id: text(value, 'id') ?? `${file}#${document.index + 1}`,
    title,
    ...optional('name', text(value, 'name')),
    level: readLevel(value),
    status: text(value, 'status') ?? 'unknown',
    description: (text(value, 'description') ?? '').trim(),
    tags,
    ...readAttack(tags),
    falsepositives: texts(value, 'falsepositives'),
    references: texts(value, 'references'),
    ...optional('author', text(value, 'author')),
    ...at(['vigie'], () => readCorrelationExtras(value.vigie, limits)),
    ...at(['correlation'], () => readSection(section, limits)),
    generate: value.generate === true || section.generate === true,
    file,
    line,
  };
  return { correlation, document };
};

type Section = Pick<Correlation, 'type' | 'rules' | 'groupBy' | 'timespanMs' | 'condition' | 'aliases'>;

const readSection = (section: JsonObject, limits: Limits): Section => {
  const type = requiredText(section, 'type');
  if (!TYPES.includes(type))
    throw new RuleProblem(`'${type}' is not a correlation type (${TYPES.join(', ')})`, ['type']);
  const rules = texts(section, 'rules');
  if (rules.length === 0) throw new RuleProblem("'rules' names no rule", ['rules']);
  const condition = at(['condition'], () => readCondition(section.condition, type, rules.length));
  return {
    type: type as CorrelationType,
    rules,
    groupBy: texts(section, 'group-by'),
    timespanMs: readTimespan(section, limits),
    condition,
    aliases: at(['aliases'], () => readAliases(section.aliases)),
  };
};

const readTimespan = (section: JsonObject, { timespanMs: most }: Limits): number => {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(requiredText(section, 'timespan')) ?? [];
  const milliseconds = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  if (!(milliseconds > 0)) throw new RuleProblem("'timespan' must be a number and s, m, h or d", ['timespan']);
  if (milliseconds > most)
    throw new LimitPassed(`'timespan' is at most ${most / UNIT_MS.d!} days`, 'timespanMs', ['timespan']);
  return milliseconds;
};

const readCondition = (value: Json | undefined, type: string, rules: number): Correlation['condition'] => {
  if (value === undefined && TEMPORAL.includes(type))
    return { field: [], comparisons: [{ operator: 'gte', value: rules }] };
  if (!isMap(value)) throw new RuleProblem('must be a map');
  const field = texts(value, 'field');
  const comparisons = Object.entries(value)
    .filter(([key]) => key !== 'field' && key !== 'percentile')
    .map(([operator, number]) => {
      if (!OPERATORS.includes(operator))
        throw new RuleProblem(`'${operator}' is not a comparison (${OPERATORS.join(', ')})`, [operator]);
      if (typeof number !== 'number') throw new RuleProblem(`'${operator}' needs a number`, [operator]);
      return { operator: operator as Comparison, value: number };
    });
  if (comparisons.length === 0) throw new RuleProblem('compares nothing');
  if (type.startsWith('value_') && field.length === 0) throw new RuleProblem(`'${type}' needs a 'field'`);
  const percentile = value.percentile;
  if (percentile !== undefined && typeof percentile !== 'number')
    throw new RuleProblem("'percentile' needs a number", ['percentile']);
  return { field, comparisons, ...(percentile === undefined ? {} : { percentile }) };
};

const readAliases = (value: Json | undefined): Correlation['aliases'] => {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) throw new RuleProblem('must be a map');
  return Object.fromEntries(
    Object.entries(value).map(([alias, fields]) => {
      if (!isMap(fields)) throw new RuleProblem('must map rules to field names', [alias]);
      return [alias, Object.fromEntries(Object.keys(fields).map((rule) => [rule, requiredText(fields, rule)]))];
    }),
  );
};

/** Names become ids; a correlation that refers to nothing loaded is a failure. */
export const resolve = (
  parsed: readonly ParsedCorrelation[],
  rules: readonly { id: string; name?: string }[],
): { correlations: Correlation[]; failures: Failure[] } => {
  const ids = new Map<string, string>();
  for (const { id, name } of [...rules, ...parsed.map(({ correlation }) => correlation)]) {
    ids.set(id, id);
    if (name !== undefined) ids.set(name, id);
  }
  const correlations: Correlation[] = [];
  const failures: Failure[] = [];
  for (const { correlation, document } of parsed) {
    const lost = correlation.rules.find((name) => !ids.has(name));
    if (lost !== undefined)
      failures.push({
        file: correlation.file,
        line: document.lineOf(['correlation', 'rules']),
        reason: `the correlation refers to '${lost}', which is not loaded`,
      });
    else
      correlations.push({
        ...correlation,
        rules: correlation.rules.map((name) => ids.get(name) ?? name),
        aliases: renamed(correlation.aliases, ids),
      });
  }
  const { sound, tooLarge } = withFoundation(correlations, new Set(rules.map(({ id }) => id)));
  const complete = new Set(correlations.map(({ id }) => id));
  for (const {
    correlation: { id, file },
    document,
  } of parsed) {
    if (sound.has(id) || !complete.has(id)) continue;
    failures.push({
      file,
      line: document.lineOf(['correlation', 'rules']),
      reason: tooLarge.has(id) ? TOO_LARGE : 'the correlation rests on itself, or on one that is not loaded',
    });
  }
  return { correlations: correlations.filter(({ id }) => sound.has(id)), failures };
};

/**
 * Rules and correlations that one may rest on, each counted as often as it is referred to, and all of a rule set
 * together.
 */
const MOST_PARTS = 200;
const MOST_PARTS_IN_ALL = 100_000;
const TOO_LARGE = `the correlation rests on more than ${MOST_PARTS} rules and correlations, or all together on more than ${MOST_PARTS_IN_ALL}`;

/**
 * Ids of the correlations that rest on rules in the end: not on themselves, nor on one that could not be loaded. Few
 * lines can refer to each other so that they unfold without end.
 */
const withFoundation = (
  correlations: readonly Correlation[],
  rules: ReadonlySet<string>,
): { sound: Set<string>; tooLarge: Set<string> } => {
  // A correlation that has the name of a rule is what is meant by it.
  const own = new Set(correlations.map(({ id }) => id));
  const sound = new Set([...rules].filter((id) => !own.has(id)));
  const tooLarge = new Set<string>();
  const parts = new Map<string, number>();
  let left = MOST_PARTS_IN_ALL;
  for (let before = -1; before < sound.size; ) {
    before = sound.size;
    for (const { id, rules: below } of correlations) {
      if (sound.has(id) || tooLarge.has(id) || !below.every((one) => sound.has(one))) continue;
      const size = below.reduce((sum, one) => sum + (parts.get(one) ?? 0) + 1, 0);
      if (size > Math.min(MOST_PARTS, left)) tooLarge.add(id);
      else {
        sound.add(id);
        parts.set(id, size);
        left -= size;
      }
    }
  }
  return { sound, tooLarge };
};

const renamed = (aliases: Correlation['aliases'], ids: ReadonlyMap<string, string>): Correlation['aliases'] =>
  Object.fromEntries(
    Object.entries(aliases).map(([alias, fields]) => [
      alias,
      Object.fromEntries(Object.entries(fields).map(([rule, field]) => [ids.get(rule) ?? rule, field])),
    ]),
  );
