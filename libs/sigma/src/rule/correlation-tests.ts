import { at, LimitPassed, RuleProblem } from '../errors.js';
import type { Limits } from './limits.js';
import type { Correlation, CorrelationTest, CorrelationTestEvent, Json, JsonObject, SourceKind } from '../types.js';
import { isMap } from './selections.js';
import { requiredText, text } from './attributes.js';

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Kinds by the words that rules were once written with. */
const FORMER_KINDS = new Map<string, SourceKind>([
  ['cloudtrail', 'aws-cloudtrail'],
  ['gcp', 'gcp-audit'],
  ['gworkspace', 'google-workspace'],
  ['proxy', 'web-proxy'],
  ['webserver', 'web-server'],
]);

/** The `vigie` key of a correlation: what to do, and its tests. */
export const readCorrelationExtras = (
  value: Json | undefined,
  limits: Limits,
): Pick<Correlation, 'runbook' | 'tests'> => {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) throw new RuleProblem("'vigie' must be a map");
  const unknown = Object.keys(value).find((key) => !['runbook', 'tests'].includes(key));
  if (unknown) throw new RuleProblem(`unknown key '${unknown}'`, [unknown]);
  const runbook = text(value, 'runbook')?.trim();
  return {
    ...(runbook === undefined ? {} : { runbook }),
    ...(value.tests === undefined ? {} : { tests: at(['tests'], () => readTests(value.tests, limits)) }),
  };
};

const readTests = (value: Json | undefined, { testEvents }: Limits): CorrelationTest[] => {
  let left = testEvents;
  const take = (count: number): void => {
    left -= count;
    if (left < 0)
      throw new LimitPassed(`the tests of a correlation have at most ${testEvents} events together`, 'testEvents');
  };
  if (!Array.isArray(value)) throw new RuleProblem("'tests' must be a list");
  return value.map((test, index) =>
    at([index], () => {
      if (!isMap(test)) throw new RuleProblem('a test must be a map');
      const { events, fires } = test;
      if (!Array.isArray(events)) throw new RuleProblem("a test needs a list of 'events'", ['events']);
      if (typeof fires !== 'boolean' && typeof fires !== 'number')
        throw new RuleProblem("a test needs 'fires': true, false or how often", ['fires']);
      return {
        name: requiredText(test, 'name'),
        fires: Number(fires),
        events: events.flatMap((event, place) => at(['events', place], () => readEvents(event, take))),
      };
    }),
  );
};

/** `at: 10s`, and for several: `times` and `every`, or `vary`, a field with a value for each. */
const readEvents = (value: Json, take: (count: number) => void): CorrelationTestEvent[] => {
  if (!isMap(value)) throw new RuleProblem('must be a map');
  if (!isMap(value.event)) throw new RuleProblem("needs an 'event' map", ['event']);
  const { event } = value;
  const atMs = readTime(value, 'at');
  const everyMs = readTime(value, 'every');
  const named = text(value, 'source') as SourceKind | undefined;
  const source = FORMER_KINDS.get(named ?? '') ?? named;
  const variants = readVariants(value);
  const times = variants?.values.length ?? Number(value.times ?? 1);
  if (!Number.isInteger(times) || times < 1)
    throw new RuleProblem("'times' must be a whole number, 1 at least", ['times']);
  take(times);
  return Array.from({ length: times }, (_, index) => ({
    atMs: atMs + index * everyMs,
    ...(source === undefined ? {} : { source }),
    event: variants ? withValue(event, variants.path, variants.values[index] ?? null) : event,
  }));
};

const readTime = (value: JsonObject, key: string): number => {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text(value, key) ?? '0s') ?? [];
  const time = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  if (Number.isNaN(time)) throw new RuleProblem(`'${key}' must be a number and ms, s, m, h or d`, [key]);
  return time;
};

const readVariants = ({ vary }: JsonObject): { path: string[]; values: Json[] } | undefined => {
  if (vary === undefined) return undefined;
  const [field, values] = isMap(vary) ? (Object.entries(vary)[0] ?? []) : [];
  if (field === undefined || !Array.isArray(values))
    throw new RuleProblem("'vary' must name a field and list its values", ['vary']);
  return { path: field.split('.'), values };
};

const withValue = (event: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject => {
  const below = event[name];
  return { ...event, [name]: rest.length === 0 ? value : withValue(isMap(below) ? below : {}, rest, value) };
};
