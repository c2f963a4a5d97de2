import type { Json } from '../types.js';

/**
 * A number of YAML that is written otherwise than JSON would: `0755`, `0x1f`, `1.10`, `1e3`, digits beyond 2^53. Events
 * hold such things as text, so a rule means what stands there; as a number it equals numbers alone.
 */
export type WrittenNumber = { number: number; text: string };

class NumberAsWritten {
  constructor(
    readonly number: number,
    readonly text: string,
  ) {}
  /** As the name of a field, where a parser makes text of it. */
  toString(): string {
    return this.text;
  }
  get [Symbol.toStringTag](): string {
    return 'WrittenNumber';
  }
}

export const isWritten = (value: unknown): value is WrittenNumber => value instanceof NumberAsWritten;

/** What a plain scalar stands for: its text where JSON has no such number (`.inf`, `.nan`). */
export const writtenNumber = (number: number, text: string): number | string | WrittenNumber => {
  if (String(number) === text) return number;
  return Number.isFinite(number) ? new NumberAsWritten(number, text) : text;
};

/** Sections whose values are compared with events; and what of others are numbers: all else of a rule is text. */
const COMPARED = ['detection', 'filter'];
const NUMBERS = ['vigie', 'correlation.condition'];

/** A document whose numbers, outside of what is compared with events, are plain: as text, or as the numbers they are. */
export const plainOutside = (document: Json): Json => plainIn(document, '', false);

const plainIn = (value: Json, path: string, areNumbers: boolean): Json => {
  if (isWritten(value)) return areNumbers ? value.number : value.text;
  if (typeof value !== 'object' || value === null || COMPARED.includes(path)) return value;
  if (Array.isArray(value)) {
    const parts = value.map((part) => plainIn(part, `${path}[]`, areNumbers));
    return parts.every((part, index) => part === value[index]) ? value : parts;
  }
  const changed = Object.entries(value).flatMap(([key, part]): [string, Json][] => {
    const own = path === '' ? key : `${path}.${key}`;
    const plain = plainIn(part, own, areNumbers || NUMBERS.includes(own));
    return plain === part ? [] : [[key, plain]];
  });
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
};
