import { readFileSync, writeFileSync } from 'node:fs';
import {
  builtInPipeline,
  compile,
  logsourcesOf,
  type JsonObject,
  type Logsource,
  type Rule,
  type RuleSource,
  type SourceKind,
} from '#libs/sigma';

/**
 * What the peer needs to do the same work: rules by logsource, which of them an event is for, and its fields' names
 * where they differ.
 * An event's partition is found by its key, as an engine must; or by its line, where answers are compared and not
 * speed.
 */
export type PeerPlan = {
  rules: string[];
  partitions: { rules: number[]; pipeline?: string }[];
  keys: Record<string, number>;
  lines?: number[];
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** As `push_text` in peers/rsigma builds it. */
const keyOf = (event: JsonObject): string =>
  ['Channel', 'EventID', 'EventType'].map((name) => `${textOf(event[name])}\t`).join('');

const covers = (rule: Logsource, event: Logsource): boolean =>
  (['product', 'category', 'service'] as const).every((part) => rule[part] === undefined || rule[part] === event[part]);

/** A pipeline that renames a rule's fields to what this event calls them, as our own mapping would find them. */
const pipelineFor = (source: SourceKind, event: JsonObject): string | undefined => {
  const renamed = new Map<string, string>();
  // What holds for every event comes first: what holds for some is told apart by its names.
  const textUnder = (field: string): string => textOf(event[renamed.get(field) ?? field]).toLowerCase();
  const holds = (when: Readonly<Record<string, readonly string[]>>): boolean =>
    Object.entries(when).every(([field, values]) => values.some((value) => value.toLowerCase() === textUnder(field)));
  for (const { when, fields } of builtInPipeline[source].aliases) {
    if (!holds(when)) continue;
    for (const [field, others] of Object.entries(fields)) {
      const other = others.find((name) => name in event);
      if (!(field in event) && other !== undefined && !renamed.has(field)) renamed.set(field, other);
    }
  }
  return renamed.size === 0
    ? undefined
    : JSON.stringify({
        name: 'names',
        priority: 1,
        transformations: [{ id: 'names', type: 'field_name_mapping', mapping: Object.fromEntries(renamed) }],
      });
};

const partitionOf = (rules: readonly Rule[], logsources: readonly Logsource[]): number[] =>
  rules.flatMap((rule, index) =>
    rule.needs.length === 0 && logsources.some((logsource) => covers(rule.logsource, logsource)) ? [index] : [],
  );

/**
 * Writes the peer's plan for these lines; how many lines lie where another with the same key does not (they count as
 * that one).
 * @param byLine name every line's partition, so that none counts as another.
 */
export const writePlan = (
  path: string,
  sources: readonly RuleSource[],
  eventsPath: string,
  source: SourceKind,
  byLine = false,
): { rules: number; unlike: number } => {
  const set = compile(sources);
  const texts = new Map(sources.map(({ path: file, text }) => [file, text]));
  const plan: PeerPlan = { rules: set.rules.map(({ file }) => texts.get(file) ?? ''), partitions: [], keys: {} };
  if (byLine) plan.lines = [];
  const known = new Map<string, number>();
  let unlike = 0;
  for (const line of readFileSync(eventsPath, 'utf8').split('\n')) {
    if (line === '') continue;
    const event = JSON.parse(line) as JsonObject;
    const pipeline = pipelineFor(source, event);
    const logsources = logsourcesOf(source, event);
    const name = JSON.stringify([logsources, pipeline]);
    const index =
      known.get(name) ??
      plan.partitions.push({ rules: partitionOf(set.rules, logsources), ...(pipeline ? { pipeline } : {}) }) - 1;
    known.set(name, index);
    plan.lines?.push(index);
    const key = keyOf(event);
    plan.keys[key] ??= index;
    if (plan.keys[key] !== index) unlike++;
  }
  writeFileSync(path, JSON.stringify(plan));
  return { rules: set.rules.length, unlike };
};
