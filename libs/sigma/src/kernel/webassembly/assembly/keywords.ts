/**
 * Tells from the line's raw bytes that no keyword can be in it. It looks at every n-th word only (of four bytes), n
 * being such that a keyword cannot stand between two of them. Words of the filter: a byte per hash (of 13 bits), the
 * stride in bytes, then a table by word of (literal, offset).
 */
import { LINE, LITERAL_BYTES, LITERAL_LENGTH, MULTIPLIER } from '../layout';
import { run } from './indexes';
import { isUnusual } from './text';

/** Makes letters lower case, and other bytes something that is the same in keywords and events. */
const CASE_BITS: i32 = 0x20202020;

/**
 * What the line says of keywords: nothing; everything, when its texts are not unusual; as much when it hides no
 * characters.
 */
export const SILENT: i32 = 0;
export const SCANNED: i32 = 1;
export const NOT_SCANNED: i32 = 2;

let length: i32 = 0;
let telling: i32 = SILENT;

export function setLine(bytes: i32, what: i32): void {
  length = bytes;
  telling = what;
}

/**
 * Whether a line that was not scanned to its end may hide characters from a search: by `\u` escapes, or as U+212A and
 * U+0130.
 */
function mayHide(): bool {
  const end = <usize>(LINE + length);
  for (let p: usize = LINE; p < end; p++) {
    const byte: u32 = load<u8>(p);
    if (byte === 0x5c && load<u8>(++p) === 0x75) return true;
    if ((byte === 0xaa && load<u8>(p - 1) === 0x84) || (byte === 0xb0 && load<u8>(p - 1) === 0xc4)) return true;
  }
  return false;
}

export function mayHoldKeywords(filter: usize): bool {
  if (telling === NOT_SCANNED) telling = mayHide() ? SILENT : SCANNED;
  else if (isUnusual()) return true;
  if (telling === SILENT) return true;
  const flags = load<u32>(filter) as usize;
  const stride = load<u32>(filter, 4) as usize;
  const end = <usize>(<usize>LINE + length);
  let p: usize = <usize>LINE;
  for (; p + 3 * stride < end; p += 4 * stride) {
    if ((isSet(flags, p) | isSet(flags, p + stride) | isSet(flags, p + 2 * stride) | isSet(flags, p + 3 * stride)) === 0) continue;
    for (let i: usize = 0; i < 4; i++) if (isNear(filter, flags, p + i * stride, end)) return true;
  }
  for (; p < end; p += stride) if (isNear(filter, flags, p, end)) return true;
  return false;
}

@inline
function isSet(flags: usize, p: usize): u32 {
  const hash = <u32>((load<i32>(p) | CASE_BITS) * MULTIPLIER) >>> 19;
  return load<u8>(flags + <usize>hash);
}

function isNear(filter: usize, flags: usize, p: usize, end: usize): bool {
  return isSet(flags, p) !== 0 && standsNear(filter + 8, load<i32>(p) | CASE_BITS, p, end);
}

function standsNear(table: usize, word: i32, p: usize, end: usize): bool {
  const found = run(table, word);
  if (found === 0) return false;
  const last = found + (<usize>load<u32>(found) << 2);
  for (let at = found + 4; at <= last; at += 8) {
    const literal = load<u32>(at) as usize;
    const from = p - <usize>load<u32>(at, 4);
    const size = load<u32>(literal, LITERAL_LENGTH) as usize;
    if (from >= <usize>LINE && from + size <= end && standsAt(literal + LITERAL_BYTES, from, size)) return true;
  }
  return false;
}

function standsAt(bytes: usize, from: usize, size: usize): bool {
  for (let i: usize = 0; i < size; i++) {
    const byte: u32 = load<u8>(from + i);
    if ((byte - 65 < 26 ? byte + 32 : byte) !== load<u8>(bytes + i)) return false;
  }
  return true;
}
