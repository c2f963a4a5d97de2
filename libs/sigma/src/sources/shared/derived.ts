import { dottedName } from '../../dotted-names.js';
import type { Json, JsonObject } from '../../json.js';

/**
 * `fields` are read before the event's own; keywords are sought in them too. `category` and `service` are what mappings
 * find as the fields `derived.category` and `derived.service`.
 */
export type Derived = { fields: JsonObject; category?: string; service?: string };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of keys. */
export const at = (from: Json | undefined, ...path: string[]): Json | undefined => atPath(from, path);

const atPath = (from: Json | undefined, path: readonly string[]): Json | undefined => {
  let here = from;
  for (const key of path) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
};

/** The first value that is text, by dotted path or by the whole name as one key. */
export const textAt = (event: JsonObject, ...names: string[]): string | undefined => {
  for (const name of names) {
    const found = Object.hasOwn(event, name)
      ? event[name]
      : name.includes('.')
        ? atPath(event, dottedName(name).path)
        : undefined;
    if (typeof found === 'string' && found !== '') return found;
    if (typeof found === 'number') return String(found);
  }
  return undefined;
};

/** A list's texts; undefined when it is no list of texts. */
export const textsOf = (value: Json | undefined): string[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one) => typeof one === 'string' || typeof one === 'number').map(String);
  return texts.length === value.length && texts.length > 0 ? texts : undefined;
};

/** Without the fields that have no value. */
export const compact = (fields: Record<string, Json | undefined>): JsonObject => {
  const kept: JsonObject = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
};

const HEX = /^(?:[0-9A-F]{2})+$/;

const withoutZeros = (text: string): string => {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
};

/** Text that auditd wrote in hexadecimal, its zeros as blanks; undefined when it is not such text. */
export const fromHex = (text: string): string | undefined => {
  if (!HEX.test(text)) return undefined;
  const decoded = withoutZeros(Buffer.from(text, 'hex').toString('utf8')).replaceAll('\0', ' ');
  return decoded.includes('\ufffd') ? undefined : decoded;
};
