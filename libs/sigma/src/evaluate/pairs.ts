import { jsonInText } from '../json-cost.js';
import type { Json, JsonObject, SourceMapping } from '../types.js';

type PairContainer = { [key: string]: Json };
type FindIn = (value: Json | undefined, path: readonly string[], depth: number) => Json | undefined;

const MAX_PAIRS = 1_000;

/**
 * Fields that events hold as lists of `{ name, value }`: an object for every list there is, in which a name met twice
 * has both values.
 */
export const pairsOf = (
  containers: readonly PairContainer[],
  pairs: NonNullable<SourceMapping['pairs']>,
  find: FindIn,
): PairContainer[] =>
  pairs.flatMap(({ list, name, values }) => {
    const path = list.toLowerCase().split('.');
    for (const container of containers) {
      const items = itemsOf(find(container, path, 0));
      if (items.length > 0) return [fieldsOf(items, name, values)];
    }
    return [];
  });

/** The members of a list, of a list in a list, and of a list as JSON text. */
const itemsOf = (found: Json | undefined): JsonObject[] => {
  const value = typeof found === 'string' && found.startsWith('[') ? jsonInText(found) : found;
  if (!Array.isArray(value)) return [];
  return value
    .flat(2)
    .slice(0, MAX_PAIRS)
    .filter((item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item));
};

const fieldsOf = (items: readonly JsonObject[], name: string, values: readonly string[]): PairContainer => {
  const fields = new Map<string, Json>();
  for (const item of items) {
    const key = item[name];
    const value = values.map((one) => item[one]).find((one) => one !== undefined) ?? null;
    if (typeof key !== 'string') continue;
    const before = fields.get(key);
    fields.set(key, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return Object.fromEntries(fields);
};
