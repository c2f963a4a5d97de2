/**
 * Puts a value's folded text into the arena: escapes resolved, lower case. ASCII and the characters of two bytes are
 * folded here, scripts without case copied; everything else (rarer letters, numbers written unusually) is left to the
 * caller.
 */
import { CODED, COMPLEX, ESCAPED, LOWER_OF_TWO, MEANT, NUMBER, WIDE } from '../layout';
import { addText, arenaTop, hasRoom } from './event';

@inline
function lowered(v: v128): v128 {
  return v128.or(v, v128.and(i8x16.gt_s(i8x16.add(v, i8x16.splat(37)), i8x16.splat(101)), i8x16.splat(32)));
}

/** Whether the text at hand has a character beyond ASCII. */
let isWide: bool = false;

/** False when bytes alone do not tell. */
export function fold(start: usize, end: usize, flags: i32): bool {
  if ((flags & (NUMBER | COMPLEX)) !== 0 || !hasRoom(<i32>(end - start))) return false;
  isWide = (flags & WIDE) !== 0;
  const to = (flags & (WIDE | CODED)) !== 0 ? foldWide(start, end) : (flags & ESCAPED) !== 0 ? foldEscaped(start, end) : foldPlain(start, end);
  if (to === 0) return false;
  addText(to, isWide);
  return true;
}

function foldPlain(start: usize, end: usize): usize {
  let to = arenaTop();
  const last = to + (end - start);
  for (let p = start; p < end; p += 16) {
    v128.store(to, lowered(v128.load(p)));
    to += 16;
  }
  return last;
}

/** Block by block; what lies between two backslashes is copied with whatever follows it, which is then written over. */
function foldEscaped(start: usize, end: usize): usize {
  let to = arenaTop();
  let p = start;
  while (p < end) {
    const v = v128.load(p);
    const next = p + 16;
    let from = p;
    for (let slashes = i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x5c))); slashes !== 0; ) {
      const place = ctz(slashes);
      const at = p + <usize>place;
      if (at >= end) break;
      v128.store(to, lowered(v128.load(from)));
      to += at - from;
      store<u8>(to++, load<u8>(<usize>MEANT + <usize>load<u8>(at, 1)));
      from = at + 2;
      slashes &= ~(3 << place);
    }
    v128.store(to, lowered(v128.load(from)));
    p = from < next ? next : from;
    to += p - from;
  }
  return to - (p - end);
}

@inline
function isContinuation(byte: u32): bool {
  return (byte & 0xc0) === 0x80;
}

@inline
function hex(p: usize): u32 {
  const byte: u32 = load<u8>(p);
  return byte <= 57 ? byte - 48 : (byte | 32) - 87;
}

/** Writes the character that `XXXX` at `p` stands for, lower-cased: behind it; 0 when it is left to the caller. */
function foldCode(p: usize, to: usize): usize {
  const code = (hex(p) << 12) | (hex(p + 1) << 8) | (hex(p + 2) << 4) | hex(p + 3);
  if (code < 0x80) {
    store<u8>(to, code - 65 < 26 ? code + 32 : code);
    return to + 1;
  }
  isWide = true;
  if (code < 0x800) return putTwo(to, load<u16>(<usize>LOWER_OF_TWO + (<usize>code << 1)));
  if (!((code >= 0x2000 && code < 0x2040) || (code >= 0x3000 && code < 0xa000))) return 0;
  store<u8>(to, 0xe0 | (code >>> 12));
  store<u8>(to, 0x80 | ((code >>> 6) & 63), 1);
  store<u8>(to, 0x80 | (code & 63), 2);
  return to + 3;
}

@inline
function putTwo(to: usize, code: u32): usize {
  store<u8>(to, 0xc0 | (code >>> 6));
  store<u8>(to, 0x80 | (code & 63), 1);
  return code === 0 ? 0 : to + 2;
}

/** Characters of three bytes without case: U+2000 to U+203F (punctuation) and U+3000 to U+9FFF (kana, Han…). */
@inline
function isCaseless(p: usize): bool {
  const byte: u32 = load<u8>(p);
  const second: u32 = load<u8>(p, 1);
  return ((byte === 0xe2 && second === 0x80) || (byte >= 0xe3 && byte <= 0xe9)) && isContinuation(second) && isContinuation(load<u8>(p, 2));
}

function foldWide(start: usize, end: usize): usize {
  let to = arenaTop();
  let p = start;
  while (p < end) {
    const byte: u32 = load<u8>(p);
    if (byte === 0x5c) {
      if (load<u8>(p, 1) === 0x75) {
        to = foldCode(p + 2, to);
        if (to === 0) return 0;
        p += 6;
      } else {
        store<u8>(to++, load<u8>(<usize>MEANT + <usize>load<u8>(p, 1)));
        p += 2;
      }
    } else if (byte < 0x80) {
      store<u8>(to++, byte - 65 < 26 ? byte + 32 : byte);
      p++;
    } else if (byte < 0xe0) {
      const second: u32 = load<u8>(p, 1);
      if (byte < 0xc2 || !isContinuation(second)) return 0;
      to = putTwo(to, load<u16>(<usize>LOWER_OF_TWO + <usize>((((byte & 31) << 6) | (second & 63)) << 1)));
      if (to === 0) return 0;
      p += 2;
    } else {
      if (!isCaseless(p)) return 0;
      store<u8>(to, byte);
      store<u16>(to, load<u16>(p, 1), 1);
      to += 3;
      p += 3;
    }
  }
  return to;
}
