import type { Json } from '../types.js';
import { lower, textOf } from '../match/text.js';
import type { Arena } from './arena.js';
import { ESCAPED, NOT_PLAIN, NULL, NUMBER, TEXT } from './scanner.js';

/** Slices begin anywhere, so a byte order mark in them is text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** What stands behind a backslash, lower-cased; `\u` is not among them. */
const MEANT = Uint8Array.from({ length: 256 }, (_, byte) => ({ b: 8, f: 12, n: 10, r: 13, t: 9 })[String.fromCharCode(byte)] ?? byte);

/** A value where it stands in an event's line, with the scanner's flags. */
export const valueAt = (line: Uint8Array, start: number, end: number, flags: number): Json => {
  if ((flags & NULL) !== 0) return null;
  const inset = (flags & TEXT) !== 0 ? 1 : 0;
  return JSON.parse(decoder.decode(line.subarray(start - inset, end + inset))) as Json;
};

/**
 * Puts a value's folded text into the arena. Plain ASCII is folded byte by byte; letters beyond it, `\u` escapes and numbers written
 * unusually go through the same functions as in the plain evaluator. False for text with a lone surrogate.
 */
export const foldValue = (line: Uint8Array, start: number, end: number, flags: number, arena: Arena): boolean => {
  if ((flags & (NOT_PLAIN | NUMBER)) !== 0) return arena.add(lower(textOf(valueAt(line, start, end, flags))));
  arena.reserve(end - start);
  const from = arena.top;
  arena.close(from, (flags & ESCAPED) !== 0 ? unescape(line, start, end, arena.bytes, from) : copy(line, start, end, arena.bytes, from));
  return true;
};

const copy = (line: Uint8Array, start: number, end: number, into: Uint8Array, from: number): number => {
  let to = from;
  for (let at = start; at < end; at++) into[to++] = LOWER[line[at]!]!;
  return to;
};

const unescape = (line: Uint8Array, start: number, end: number, into: Uint8Array, from: number): number => {
  let to = from;
  for (let at = start; at < end; at++) {
    const byte = line[at]!;
    into[to++] = byte === 0x5c ? MEANT[line[++at]!]! : LOWER[byte]!;
  }
  return to;
};
