import type { Json } from '../types.js';
import { lower, textOf } from '../match/text.js';
import type { Arena } from './arena.js';
import type { Line } from './line.js';
import { CODED, NULL, NUMBER, TEXT, WIDE } from './image/layout.js';

/** Slices begin anywhere, so a byte order mark in them is text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes with A to Z in lower case. */
export const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** What stands behind a backslash, lower-cased; `\u` is not among them. */
const MEANT = Uint8Array.from(
  { length: 256 },
  (_, byte) => ({ b: 8, f: 12, n: 10, r: 13, t: 9 })[String.fromCharCode(byte)] ?? byte,
);

/** A value where it stands in an event's line, with the scanner's flags. */
export const valueAt = ({ bytes }: Line, start: number, end: number, flags: number): Json => {
  if ((flags & NULL) !== 0) return null;
  const inset = (flags & TEXT) !== 0 ? 1 : 0;
  return JSON.parse(decoder.decode(bytes.subarray(start - inset, end + inset))) as Json;
};

/** Lower case of the characters two bytes write (U+0080 to U+07FF); 0 where two bytes do not write it. */
const LOWER_OF_TWO = Uint16Array.from({ length: 0x800 }, (_, code) => {
  const folded = lower(String.fromCharCode(code));
  const only = folded.length === 1 ? folded.charCodeAt(0) : 0;
  return only >= 0x80 && only < 0x800 ? only : 0;
});

/**
 * Puts a value's folded text into the arena. ASCII and the characters of two bytes are folded byte by byte, scripts
 * without case copied; the rest, `\u` escapes and numbers written unusually go through the plain evaluator's functions.
 * False for text with a lone surrogate.
 */
export const foldValue = (line: Line, start: number, end: number, flags: number, arena: Arena): boolean => {
  if ((flags & (CODED | NUMBER)) === 0) {
    arena.reserve(end - start);
    const to = foldBytes(line, start, end, flags, arena);
    if (to >= 0) {
      arena.close(arena.top, to);
      if ((flags & WIDE) !== 0) arena.hasWide = true;
      return true;
    }
  }
  return arena.add(lower(textOf(valueAt(line, start, end, flags))));
};

/** Where the folded text ends; -1 when bytes alone do not tell. */
const foldBytes = (line: Line, start: number, end: number, flags: number, arena: Arena): number =>
  (flags & WIDE) !== 0 ? foldWide(line.bytes, start, end, arena.bytes, arena.top) : foldAscii(line, start, end, arena);

/**
 * Four bytes at once where no escape is among them: a byte from A to Z sets its own high bit in `letters`. Both buffers
 * are padded.
 */
const foldAscii = (
  { bytes, view }: Line,
  start: number,
  end: number,
  { bytes: into, view: out, top }: Arena,
): number => {
  let to = top;
  for (let at = start; at < end; ) {
    const word = view.getInt32(at, true);
    const backslashes = word ^ 0x5c5c5c5c;
    if (at + 4 <= end && ((backslashes - 0x01010101) & ~backslashes & 0x80808080) === 0) {
      const letters = (word + 0x3f3f3f3f) & ~(word + 0x25252525) & 0x80808080;
      out.setInt32(to, word | (letters >>> 2), true);
      to += 4;
      at += 4;
      continue;
    }
    const byte = bytes[at++]!;
    into[to++] = byte === 0x5c ? MEANT[bytes[at++]!]! : LOWER[byte]!;
  }
  return to;
};

const foldWide = (line: Uint8Array, start: number, end: number, into: Uint8Array, from: number): number => {
  let to = from;
  for (let at = start; at < end; at++) {
    const byte = line[at]!;
    if (byte === 0x5c) into[to++] = MEANT[line[++at]!]!;
    else if (byte < 0x80) into[to++] = LOWER[byte]!;
    else if (byte < 0xe0) {
      const code = twoAt(line, at++);
      if (code === 0) return -1;
      into[to++] = 0xc0 | (code >>> 6);
      into[to++] = 0x80 | (code & 63);
    } else {
      if (!isCaseless(line, at)) return -1;
      into[to++] = byte;
      into[to++] = line[++at]!;
      into[to++] = line[++at]!;
    }
  }
  return to;
};

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

const twoAt = (line: Uint8Array, at: number): number => {
  const byte = line[at]!;
  return byte >= 0xc2 && isContinuation(line[at + 1]) ? LOWER_OF_TWO[((byte & 31) << 6) | (line[at + 1]! & 63)]! : 0;
};

/** Characters of three bytes without case: U+2000 to U+203F (punctuation) and U+3000 to U+9FFF (kana, Han…). */
const isCaseless = (line: Uint8Array, at: number): boolean => {
  const byte = line[at]!;
  return (
    ((byte === 0xe2 && line[at + 1] === 0x80) || (byte >= 0xe3 && byte <= 0xe9)) &&
    isContinuation(line[at + 1]) &&
    isContinuation(line[at + 2])
  );
};
