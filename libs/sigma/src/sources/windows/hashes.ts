/** Hashes of a file, as Sysmon writes them into one field and others into several. */
import type { Json, JsonObject } from '../../json.js';
import { at, isObject } from '../shared/derived.js';

const ALGORITHMS = ['MD5', 'SHA1', 'SHA256', 'IMPHASH'] as const;

/** The names under which hashes stand alone: rules and events write them in several ways. */
export const HASH_FIELDS: Readonly<Record<string, string>> = Object.fromEntries(
  ALGORITHMS.flatMap((algorithm) => {
    const small = algorithm.toLowerCase();
    return [algorithm, small, `${small.charAt(0).toUpperCase()}${small.slice(1)}`].map((name) => [name, algorithm]);
  }),
);

/** Where the Elastic Common Schema has them. */
export const ECS_HASHES = ['process', 'file', 'dll'];

/** Of `SHA1=…,MD5=…` the one of an algorithm. */
export const hashIn = (hashes: Json | undefined, algorithm: string): string | undefined => {
  for (const text of Array.isArray(hashes) ? hashes : [hashes]) {
    if (typeof text !== 'string') continue;
    for (const one of text.split(',')) {
      const equals = one.indexOf('=');
      if (equals > 0 && one.slice(0, equals).trim().toUpperCase() === algorithm) return one.slice(equals + 1).trim();
    }
  }
  return undefined;
};

/** With `Hashes` as Sysmon writes it, when an event has hashes and no such field. */
export const withHashes = (record: JsonObject, event: JsonObject): JsonObject => {
  if (hasText(record.Hashes) || hasText(event.Hashes)) return record;
  const found = new Map<string, string>();
  const keep = (from: Json | undefined): void => {
    if (!isObject(from)) return;
    for (const [name, algorithm] of Object.entries(HASH_FIELDS)) {
      const value = from[name];
      if (typeof value === 'string' && value !== '' && value !== '-' && !found.has(algorithm))
        found.set(algorithm, value);
    }
  };
  for (const from of [record, event]) keep(from);
  for (const name of ECS_HASHES) for (const inside of ['hash', 'pe']) keep(at(event, name, inside));
  if (found.size === 0) return record;
  const texts = ALGORITHMS.flatMap((algorithm) => {
    const value = found.get(algorithm);
    return value === undefined ? [] : [`${algorithm}=${value}`];
  });
  return { ...record, Hashes: texts.join(',') };
};

const hasText = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';
