import { kindFor, type SourceKind } from '../sources/index.js';
import type { Logsource, SourceMapping } from '../sources/source.js';
import { holds, type Reader } from './reader.js';
import { textOf } from './text.js';

/** Bounds on what is remembered per combination of values an event brings along. */
const MAX_REMEMBERED = 4_096;

const keyOf = ({ product = '', category = '', service = '' }: Logsource): string =>
  JSON.stringify([product, category, service]);

/** Computes once per combination of logsources. */
export const remember = <T>(
  compute: (logsources: readonly Logsource[]) => T,
): ((logsources: readonly Logsource[]) => T) => {
  const byObject = new WeakMap<readonly Logsource[], T>();
  const byKey = new Map<string, T>();
  return (logsources) => {
    const known = byObject.get(logsources);
    if (known !== undefined) return known;
    const key = logsources.map(keyOf).join();
    const value = byKey.get(key) ?? compute(logsources);
    if (byKey.size < MAX_REMEMBERED) byKey.set(key, value);
    byObject.set(logsources, value);
    return value;
  };
};

export const listOf = (logsource: Logsource | readonly Logsource[]): readonly Logsource[] =>
  (isList(logsource) ? logsource : [logsource]).map(lowered);
const isList = (logsource: Logsource | readonly Logsource[]): logsource is readonly Logsource[] =>
  Array.isArray(logsource);
const lowered = ({ product, category, service }: Logsource): Logsource => ({
  product: product?.toLowerCase(),
  category: category?.toLowerCase(),
  service: service?.toLowerCase(),
});

/** The kind whose mapping fits a product, or a category without one, when there is such a kind. */
export const kindOf = (logsource: Logsource | readonly Logsource[]): SourceKind | undefined => {
  for (const one of listOf(logsource)) {
    const kind = kindFor(one);
    if (kind) return kind;
  }
  return undefined;
};

const remembered = new WeakMap<SourceMapping, Map<string, readonly Logsource[]>>();

/** The logsources one native event belongs to: all of those whose conditions hold. */
export const logsourcesIn = (mapping: SourceMapping, reader: Reader): readonly Logsource[] => {
  const key = mapping.selectors.map((field) => textOf(reader.find(field) ?? null)).join('\u0000');
  const known = remembered.get(mapping) ?? new Map<string, readonly Logsource[]>();
  remembered.set(mapping, known);
  const before = known.get(key);
  if (before) return before;
  const found = mapping.logsources.filter(({ when }) => holds(when, reader.find)).map(({ logsource }) => logsource);
  if (known.size < MAX_REMEMBERED) known.set(key, found);
  return found;
};
