import { isObject } from '../sources/json-values.js';
import type { NativeJson, NativeObject } from '../sources/source.js';

const MOST_DEPTH = 60;

/** What a record holds nests too deeply. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep';
}

export const list = (value: NativeJson | undefined): NativeJson[] => (Array.isArray(value) ? value : []);

/** A member by its name in the JSON mapping, or as the proto has it: both are read. */
export const named = (from: NativeObject, name: string): NativeJson | undefined =>
  from[name] ?? from[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];

const INTEGER = /^(-?)0*(\d{1,20})$/;

/** A whole number with all its digits. */
const wholeJson = (value: NativeJson): string => {
  const [, sign = '', digits] = INTEGER.exec(String(value)) ?? [];
  return digits === undefined ? JSON.stringify(value) : `${digits === '0' ? '' : sign}${digits}`;
};

const doubleJson = (value: NativeJson): string => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? String(number) : JSON.stringify(String(value));
};

/** AnyValue as JSON: what it holds, without the names of its types. @throws TooDeep */
export const anyJson = (value: NativeJson | undefined, depth = 0): string => {
  if (depth > MOST_DEPTH) throw new TooDeep();
  if (!isObject(value)) return 'null';
  const [pairs, items] = [named(value, 'kvlistValue'), named(value, 'arrayValue')];
  if (isObject(pairs)) return attributesJson(pairs.values, depth + 1);
  if (isObject(items))
    return `[${list(items.values)
      .map((one) => anyJson(one, depth + 1))
      .join()}]`;
  const whole = named(value, 'intValue');
  if (typeof whole === 'string' || typeof whole === 'number') return wholeJson(whole);
  const double = named(value, 'doubleValue');
  if (double !== undefined && double !== null) return doubleJson(double);
  const plain = named(value, 'stringValue') ?? named(value, 'boolValue') ?? named(value, 'bytesValue') ?? null;
  return typeof plain === 'object' ? 'null' : JSON.stringify(plain);
};

const membersOf = (attributes: NativeJson | undefined, depth: number): string[] =>
  list(attributes).flatMap((one) =>
    isObject(one) && typeof one.key === 'string' ? [`${JSON.stringify(one.key)}:${anyJson(one.value, depth + 1)}`] : [],
  );

/** Attributes as a JSON object. @throws TooDeep */
export const attributesJson = (attributes: NativeJson | undefined, depth = 0): string =>
  `{${membersOf(attributes, depth).join()}}`;

/** Attributes as a JSON object, those left out that make it longer than `most`. @throws TooDeep */
export const attributesWithin = (
  attributes: NativeJson | undefined,
  most: number,
): { json: string; isCut: boolean } => {
  const all = membersOf(attributes, 0);
  let left = most;
  const kept = all.filter(({ length }) => {
    const fits = length < left;
    if (fits) left -= length + 1;
    return fits;
  });
  return { json: `{${kept.join()}}`, isCut: kept.length < all.length };
};

/** The text of an attribute. */
export const attributeText = (attributes: NativeJson | undefined, key: string): string | undefined => {
  for (const one of list(attributes)) {
    if (!isObject(one) || one.key !== key || !isObject(one.value)) continue;
    const text = named(one.value, 'stringValue');
    if (typeof text === 'string') return text;
  }
  return undefined;
};
