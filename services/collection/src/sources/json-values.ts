import { isIP } from 'node:net';
import type { NativeJson, NativeObject } from './source.js';

/** The object at a path of keys, or undefined. */
export const objectAt = (from: NativeJson | undefined, ...path: string[]): NativeObject | undefined => {
  const found = at(from, ...path);
  return isObject(found) ? found : undefined;
};

export const isObject = (value: NativeJson | undefined): value is NativeObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parsing itself takes any depth; what comes after it need not. */
export const deeperThan = (value: NativeJson, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  // Neither a list of the values nor one of the names is made of what is looked at once.
  for (const name in value) {
    const one = (value as NativeObject)[name];
    if (typeof one === 'object' && one !== null && deeperThan(one, levels - 1)) return true;
  }
  return false;
};

/** The value at a path of keys, or undefined. */
export const at = (from: NativeJson | undefined, ...path: string[]): NativeJson | undefined => {
  let here: NativeJson | undefined = from;
  for (const key of path) {
    if (!isObject(here)) return undefined;
    here = here[key];
  }
  return here;
};

/** What vendors write for nothing, and a table written twice: marks around nothing. */
const NOTHING = /^(?:-?|"+|'+)$/;

const [DASH, QUOTE, APOSTROPHE] = [0x2d, 0x22, 0x27];
const mayBeNothing = (text: string): boolean => {
  const first = text.charCodeAt(0);
  return text === '' || first === DASH || first === QUOTE || first === APOSTROPHE;
};

/** A value as text; nothing for objects, empty text, the `-` that vendors write for nothing, and marks around it. */
export const textOf = (value: NativeJson | undefined): string | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return mayBeNothing(text) && NOTHING.test(text) ? undefined : text;
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

const ZONED = /(?:z|utc|gmt|[+-]\d\d:?\d\d)$/i;
const ISO_LIKE =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,3})\d*)?(?: ?(z|utc|gmt|[+-]\d\d:?\d\d))?$/i;

/** Whether a time says its zone. */
export const isZoned = (text: string): boolean => ZONED.test(text.trim());

/** Days that no month has are read as those of the next by Date. */
const isDay = (year: string, month: string, day: string): boolean =>
  (day > '00' && day < '29') ||
  new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);

/**
 * Epoch ms of an ISO-like time (T or blank, any fraction behind a dot or a comma, +0000 or +00:00), of /Date(ms)/, or
 * of epoch seconds or milliseconds as a number. A time without a zone is read as UTC; one that cannot be (30 February,
 * 25 o'clock, before 1990, year 9999) is none.
 */
export const timeOf = (value: NativeJson | undefined): number | undefined => {
  if (typeof value === 'number') return plausible(value < 1e11 ? Math.round(value * 1000) : Math.round(value));
  const text = textOf(value);
  if (text === undefined) return undefined;
  const dotNet = text.startsWith('/') ? /^\/Date\((\d{9,15})\)\/$/.exec(text) : null;
  if (dotNet) return plausible(Number(dotNet[1]));
  const [, year, month, day, clock, seconds = ':00', fraction, zone = 'Z'] = ISO_LIKE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined || !isDay(year, month, day)) return undefined;
  const written = `${year}-${month}-${day}T${clock ?? ''}${seconds}${fraction === undefined ? '' : `.${fraction}`}`;
  if (zone === 'Z') return plausible(Date.parse(`${written}Z`));
  return plausible(Date.parse(written + zone.replace(/^[a-z]+$/i, 'Z').replace(/([+-]\d\d)(\d\d)$/, '$1:$2')));
};

/** Vendors write 1601, 1900 and 1970 for no time at all. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const plausible = (ms: number): number | undefined => (ms >= EARLIEST && ms < LATEST ? ms : undefined);
