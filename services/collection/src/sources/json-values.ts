import { isIP } from 'node:net';
import type { NativeJson, NativeObject } from './source.js';

/** The object at a path of keys, or undefined. */
export const objectAt = (from: NativeJson | undefined, ...path: string[]): NativeObject | undefined => {
  const found = at(from, ...path);
  return isObject(found) ? found : undefined;
};

export const isObject = (value: NativeJson | undefined): value is NativeObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of keys, or undefined. */
export const at = (from: NativeJson | undefined, ...path: string[]): NativeJson | undefined => {
  let here: NativeJson | undefined = from;
  for (const key of path) {
    if (!isObject(here)) return undefined;
    here = here[key];
  }
  return here;
};

/** A value as text; nothing for objects, empty text and the `-` that vendors write for nothing. */
export const textOf = (value: NativeJson | undefined): string | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text === '-' ? undefined : text;
};

/** A whole number, also from decimal or 0x text. */
export const wholeOf = (value: NativeJson | undefined): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
};

/** A number that fits a port. */
export const portOf = (value: NativeJson | undefined): number | undefined => {
  const port = wholeOf(value);
  return port !== undefined && port >= 0 && port <= 65_535 ? port : undefined;
};

const WITH_PORT = /^(?:\[([\da-f:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/i;

/** An IP address, without a port and the IPv4-mapped prefix. */
export const ipOf = (value: NativeJson | undefined): string | undefined => {
  const said = textOf(value);
  const [, bracketed, before] = WITH_PORT.exec(said ?? '') ?? [];
  const text = (bracketed ?? before ?? said)?.replace(/^::ffff:(?=\d+\.)/i, '');
  return text !== undefined && isIP(text) !== 0 ? text : undefined;
};

const ZONED = /(?:z|[+-]\d\d:?\d\d)$/i;
const ISO_LIKE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;

/** Whether a time says its zone. */
export const isZoned = (text: string): boolean => ZONED.test(text.trim());

/**
 * Epoch ms of an ISO-like time (T or blank, any fraction, +0000 or +00:00), of /Date(ms)/, or of epoch seconds or
 * milliseconds as a number. A time without a zone is read as UTC.
 */
export const timeOf = (value: NativeJson | undefined): number | undefined => {
  if (typeof value === 'number') return plausible(value < 1e11 ? Math.round(value * 1000) : Math.round(value));
  const text = textOf(value);
  if (text === undefined) return undefined;
  const dotNet = /^\/Date\((\d{9,15})\)\/$/.exec(text);
  if (dotNet) return plausible(Number(dotNet[1]));
  if (!ISO_LIKE.test(text)) return undefined;
  const iso = text
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d+/, '$1')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return plausible(Date.parse(isZoned(iso) ? iso : `${iso}Z`));
};

const plausible = (ms: number): number | undefined => (Number.isFinite(ms) && ms > 0 && ms < 4e12 ? ms : undefined);
