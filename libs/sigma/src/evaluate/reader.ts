import { dottedName } from '../dotted-names.js';
import { jsonInText } from '../json-cost.js';
import type { Json, JsonObject, SourceMapping, When } from '../types.js';
import { DERIVATIONS } from '../sources/derivations.js';
import { withTextsOfJournal } from '../sources/shared/journal.js';
import { LINES } from '../sources/shared/line-places.js';
import { hashIn } from '../sources/windows/hashes.js';
import { pairsOf } from './pairs.js';
import { isReshaped } from './reshaped.js';
import { fieldsOfText } from '../lines/index.js';
import { lower, textOf } from './text.js';

/** Finds a field by the name a rule uses. */
export type Reader = {
  find(name: string): Json | undefined;
  /** What keywords are sought in: the event, and whatever text in it holds fields of its own. */
  roots(): Json[];
};

type FieldContainer = { [key: string]: Json };
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads an event through a source's mapping. A name is sought in the event itself, then in the mapping's containers,
 * then as a dotted path into either, then under the mapping's aliases. Attributes as XML converters write them
 * (`#attributes`, `#text`) are understood.
 */
export const readerOf = (native: JsonObject, mapping: SourceMapping | undefined): Reader => {
  if (!mapping)
    return { find: (name) => either(direct([native], name), () => byPath(native, name, 0)), roots: () => [native] };
  // Where something is made of every event, it is made of texts.
  const event = mapping.derives === undefined || mapping.reshaped ? native : withTextsOfJournal(native);
  const parsed: Json[] = [];
  const derived = derivedFrom(event, mapping);
  const whole = [
    ...derived,
    event,
    ...mapping.containers.flatMap((path) =>
      containersAt(event, dottedName(path).path, parsed, mapping.derives === undefined && WHOLE.has(path)),
    ),
  ];
  const containers = mapping.pairs ? [...whole, ...pairsOf(whole, mapping.pairs, byPathInAnyCase)] : whole;
  const spaced = mapping.withoutSpaces ? namesWithoutSpaces(containers) : undefined;
  const own = (name: string): Json | undefined => {
    const plain = direct(containers, name);
    const found =
      plain === undefined && name.includes('.') ? inFirst(containers, (one) => byPath(one, name, 0)) : plain;
    if (found !== undefined) return found;
    if (mapping.anyCase) return inAnyCase(containers, name.toLowerCase());
    const original = spaced?.get(name);
    return original === undefined ? attribute(containers, name) : direct(containers, original);
  };
  const always = alwaysIn(mapping);
  const plainly = (name: string): Json | undefined => either(own(name), () => byAlias(always, name, own));
  const aliases = mapping.aliases.filter(({ when }) => holds(when, plainly)).map(({ fields }) => fields);
  const named = (name: string): Json | undefined => either(own(name), () => byAlias(aliases, name, own));
  const find = mapping.parts ? withParts(mapping.parts, named) : named;
  return {
    find: mapping.preferred || mapping.stated ? before(mapping, own, find) : find,
    roots: () => [event, ...derived.slice(1), ...parsed],
  };
};

const unconditional = new WeakMap<SourceMapping, readonly Aliases[]>();

/** Other names of fields that hold in all events. */
const alwaysIn = (mapping: SourceMapping): readonly Aliases[] => {
  const known = unconditional.get(mapping);
  if (known) return known;
  const found = mapping.aliases.filter(isUnconditional).map(({ fields }) => fields);
  unconditional.set(mapping, found);
  return found;
};

/** Whether other names of fields hold in all events. */
export const isUnconditional = ({ when }: { when: When }): boolean => Object.keys(when).length === 0;

const withParts = (parts: NonNullable<SourceMapping['parts']>, find: Find): Find => {
  return (name) =>
    either(find(name), () => {
      const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
      return part && hashIn(find(part.of), part.name);
    });
};

/** What a mapping makes of an event: where it belongs, and fields. */
const derivedFrom = (event: JsonObject, { derives, reshaped }: SourceMapping): FieldContainer[] => {
  if (derives === undefined || (reshaped && !isReshaped(event, reshaped))) return [];
  const { category, service, fields } = DERIVATIONS[derives](event);
  return [{ 'derived.category': category ?? '', 'derived.service': service ?? '' }, fields];
};

type Find = (name: string) => Json | undefined;

/** What a mapping knows better than the event's own field of that name. */
const before = ({ preferred = {}, stated = [] }: SourceMapping, own: Find, find: Find): Find => {
  const facts = stated.filter(({ when }) => holds(when, find)).map(({ fields }) => fields);
  return (name) => {
    const key = name.toLowerCase();
    for (const fields of facts) if (Object.hasOwn(fields, key)) return fields[key];
    return either(Object.hasOwn(preferred, key) ? firstOf(preferred[key] ?? [], own) : undefined, () => find(name));
  };
};

const firstOf = (names: readonly string[], find: Find): Json | undefined => {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
};

const inFirst = (
  containers: readonly FieldContainer[],
  find: (container: FieldContainer) => Json | undefined,
): Json | undefined => {
  for (const container of containers) {
    const found = find(container);
    if (found !== undefined) return found;
  }
  return undefined;
};

const inAnyCase = (containers: readonly FieldContainer[], name: string): Json | undefined => {
  const { path } = dottedName(name);
  return inFirst(containers, (one) => byPathInAnyCase(one, path, 0));
};

/** Null is a value that was found; only undefined is not. */
const either = (found: Json | undefined, otherwise: () => Json | undefined): Json | undefined =>
  found === undefined ? otherwise() : found;

type Aliases = SourceMapping['aliases'][number]['fields'];

const byAlias = (
  aliases: readonly Aliases[],
  name: string,
  own: (name: string) => Json | undefined,
): Json | undefined => {
  for (const fields of aliases) {
    const found = Object.hasOwn(fields, name) ? firstOf(fields[name] ?? [], own) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

const direct = (containers: readonly FieldContainer[], name: string): Json | undefined => {
  for (const container of containers) {
    if (Object.hasOwn(container, name)) return unwrap(container[name]);
  }
  return undefined;
};

/** `{ "#text": 4624, "#attributes": {…} }` is 4624. */
const unwrap = (value: Json | undefined): Json | undefined =>
  isObject(value) && Object.hasOwn(value, '#text') ? value['#text'] : value;

const MAX_LIST = 1_000;

/** `a.b.c`: at every dot the name may end a key. A list on the way means each of its members. */
const byPath = (value: Json | undefined, name: string, depth: number): Json | undefined => {
  if (Array.isArray(value)) {
    const found = value
      .slice(0, MAX_LIST)
      .map((member) => byPath(member, name, depth + 1))
      .filter((member) => member !== undefined);
    return found.length > 0 ? found : undefined;
  }
  if (!isObject(value) || depth > 32) return undefined;
  for (const { key, rest } of dottedName(name).splits) {
    if (!Object.hasOwn(value, key)) continue;
    const found = inside(value[key], rest, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};

const inside = (value: Json | undefined, name: string, depth: number): Json | undefined => {
  if (isObject(value) && Object.hasOwn(value, name)) return value[name];
  if (!Array.isArray(value)) return byPath(value, name, depth);
  const found = value
    .slice(0, MAX_LIST)
    .map((member) => inside(member, name, depth + 1))
    .filter((member) => member !== undefined);
  return found.length > 0 ? found : undefined;
};

const byPathInAnyCase = (value: Json | undefined, path: readonly string[], depth: number): Json | undefined => {
  const name = path[depth];
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    const found = value
      .slice(0, MAX_LIST)
      .map((member) => byPathInAnyCase(member, path, depth))
      .filter((member) => member !== undefined);
    return found.length > 0 ? found : undefined;
  }
  if (!isObject(value)) return undefined;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : byPathInAnyCase(value[key], path, depth + 1);
};

/** `Provider_Name` is the attribute `Name` of `Provider`, however the converter writes attributes. */
const attribute = (containers: readonly FieldContainer[], name: string): Json | undefined => {
  const line = name.indexOf('_');
  if (line <= 0) return undefined;
  const element = direct(containers, name.slice(0, line));
  if (!isObject(element)) return undefined;
  const key = name.slice(line + 1);
  const attributes = element['#attributes'];
  return isObject(attributes) && Object.hasOwn(attributes, key)
    ? attributes[key]
    : Object.hasOwn(element, key)
      ? element[key]
      : element[`@${key}`];
};

const namesWithoutSpaces = (containers: readonly FieldContainer[]): Map<string, string> | undefined => {
  let names: Map<string, string> | undefined;
  for (const container of containers) {
    for (const name of Object.keys(container))
      if (name.includes(' ')) (names ??= new Map()).set(name.replaceAll(' ', ''), name);
  }
  return names;
};

/** Containers that hold a whole log line when they are text. */
const WHOLE = new Set(LINES.filter((name) => name !== 'event'));

const containersAt = (
  value: Json | undefined,
  path: readonly string[],
  parsed: Json[],
  isLine = false,
): FieldContainer[] => {
  const [key, ...rest] = path;
  if (typeof value === 'string') return containersAt(parseText(value, parsed, isLine), path, parsed);
  if (!isObject(value)) return [];
  if (key === undefined) return [value, ...namedData(value)];
  if (key === '*')
    return Object.values(value).flatMap((child) => (isObject(child) ? containersAt(child, rest, parsed) : []));
  return Object.hasOwn(value, key) ? containersAt(value[key], rest, parsed, isLine) : [];
};

/**
 * EventData as exporters flatten it into text: JSON, or XML with `<Data Name="…">`; a log line as devices write it,
 * whose text keywords find anyway.
 */
const parseText = (text: string, parsed: Json[], isLine: boolean): JsonObject | undefined => {
  const value = text.trimStart().startsWith('{')
    ? parseJson(text)
    : text.includes('<Data Name=')
      ? parseXml(text)
      : undefined;
  if (value) parsed.push(value);
  return value ?? (isLine ? fieldsOfText(text) : undefined);
};

const parseJson = (text: string): JsonObject | undefined => {
  const value = jsonInText(text);
  return isObject(value) ? value : undefined;
};

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const parseXml = (text: string): JsonObject => {
  const fields: JsonObject = {};
  for (const [, name = '', value = ''] of text.matchAll(/<Data Name="([^"<>]*)"\s*>([^<]*)<\/Data>/g)) {
    fields[name] = value.replace(/&(lt|gt|amp|quot|apos);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
  }
  return fields;
};

/** `Data: [{ "#attributes": { "Name": n }, "#text": v }]` holds fields n. */
const namedData = (value: JsonObject): FieldContainer[] => {
  const data = value.Data;
  const fields: JsonObject = {};
  for (const item of Array.isArray(data) ? data : [data]) {
    if (!isObject(item)) continue;
    const attributes = isObject(item['#attributes']) ? item['#attributes'] : item;
    const name = attributes.Name ?? attributes['@Name'];
    if (typeof name === 'string') fields[name] = item['#text'] ?? null;
  }
  return Object.keys(fields).length > 0 ? [fields] : [];
};

export const holds = (when: When, find: (name: string) => Json | undefined): boolean =>
  Object.entries(when).every(([field, values]) => {
    const found = find(field);
    const text = found === undefined || found === null ? '' : lower(textOf(found));
    return values.some((value) => lower(value) === text);
  });
