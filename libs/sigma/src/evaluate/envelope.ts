/**
 * What was said around an event, as rules see it beside the event: who sent it says it, never the event itself.
 * `@envelope.hec.sourcetype` is a path into it, whatever the event has under that name. The fields that a sender parsed
 * out of a text (HEC's `fields`, OTLP's `attributes`) are found by their own names, but only where the event has none
 * of that name itself.
 */
import type { Json, JsonObject, SourceMapping } from '../types.js';
import { readerOf, type Reader } from './reader.js';

const NAME = '@envelope';

/** A name that only an envelope answers to. */
export const isOfEnvelope = (name: string): boolean =>
  name.startsWith('@') &&
  name.slice(0, NAME.length).toLowerCase() === NAME &&
  (name.length === NAME.length || name[NAME.length] === '.');

/** Paths of parsed fields. */
const FIELDS: readonly (readonly [protocol: string, fields: string])[] = [
  ['hec', 'fields'],
  ['otlp', 'attributes'],
];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const within = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** An envelope, and the fields in it that count as the event's; none is no reason to refuse the event. */
export type ReadEnvelope = { whole: JsonObject; fields: JsonObject | undefined };

const decoder = new TextDecoder();

/** @returns undefined where there is none. */
export const envelopeIn = (bytes: Uint8Array | null | undefined): ReadEnvelope | undefined => {
  if (!bytes || bytes.length === 0) return undefined;
  try {
    const whole = JSON.parse(decoder.decode(bytes)) as Json;
    if (!isObject(whole)) return undefined;
    const found = FIELDS.map(([protocol, name]) => within(within(whole, protocol), name)).filter(isObject);
    const [fields] = found.filter((one) => Object.keys(one).length > 0);
    return { whole, fields };
  } catch {
    return undefined;
  }
};

/** Reads an event and what was said around it through a source's mapping. */
export const readerWithin = (
  event: JsonObject,
  mapping: SourceMapping | undefined,
  envelope: ReadEnvelope | undefined,
): Reader => {
  const own = readerOf(event, mapping);
  const around = envelope && readerOf({ [NAME]: envelope.whole }, undefined);
  const fields = envelope?.fields;
  const parsed = fields && readerOf(fields, mapping);
  return {
    find: (name) => {
      if (isOfEnvelope(name)) return around?.find(NAME + name.slice(NAME.length));
      const found = own.find(name);
      return found === undefined ? parsed?.find(name) : found;
    },
    roots: () => (parsed ? [...own.roots(), ...parsed.roots()] : own.roots()),
  };
};
