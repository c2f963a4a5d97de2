/**
 * Puts a value's folded text into the arena: escapes resolved, lower case. ASCII and the characters of two bytes are folded here, scripts
 * without case copied; everything else (rarer letters, `\u` escapes, numbers written unusually) is left to the caller.
 */
import { CODED, COMPLEX, ESCAPED, LOWER_OF_TWO, MEANT, NUMBER, WIDE } from '../src/kernel/image/layout';
import { addText, arenaTop, hasRoom } from './event';

@inline
function lowered(v: v128): v128 {
  return v128.or(v, v128.and(i8x16.gt_s(i8x16.add(v, i8x16.splat(37)), i8x16.splat(101)), i8x16.splat(32)));
}

/** False when bytes alone do not tell. */
export function fold(start: usize, end: usize, flags: i32): bool {
  if ((flags & (CODED | NUMBER | COMPLEX)) !== 0 || !hasRoom(<i32>(end - start))) return false;
  const to = (flags & WIDE) !== 0 ? foldWide(start, end) : (flags & ESCAPED) !== 0 ? foldEscaped(start, end) : foldPlain(start, end);
  if (to === 0) return false;
  addText(to, (flags & WIDE) !== 0);
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

function foldEscaped(start: usize, end: usize): usize {
  let to = arenaTop();
  let p = start;
  while (p < end) {
    const v = v128.load(p);
    v128.store(to, lowered(v));
    const slashes = i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x5c)));
    const length: usize = slashes !== 0 ? <usize>ctz(slashes) : 16;
    p += length;
    to += length;
    if (slashes === 0 || p >= end) continue;
    store<u8>(to++, load<u8>(<usize>MEANT + <usize>load<u8>(p, 1)));
    p += 2;
  }
  return to - (p - end);
}

@inline
function isContinuation(byte: u32): bool {
  return (byte & 0xc0) === 0x80;
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
  for (let p = start; p < end; p++) {
    const byte: u32 = load<u8>(p);
    if (byte === 0x5c) store<u8>(to++, load<u8>(<usize>MEANT + <usize>load<u8>(++p)));
    else if (byte < 0x80) store<u8>(to++, byte - 65 < 26 ? byte + 32 : byte);
    else if (byte < 0xe0) {
      const second: u32 = load<u8>(p, 1);
      if (byte < 0xc2 || !isContinuation(second)) return 0;
      const code = <u32>load<u16>(<usize>LOWER_OF_TWO + ((((byte & 31) << 6) | (second & 63)) << 1));
      if (code === 0) return 0;
      p++;
      store<u8>(to, 0xc0 | (code >>> 6));
      store<u8>(to, 0x80 | (code & 63), 1);
      to += 2;
    } else {
      if (!isCaseless(p)) return 0;
      store<u8>(to, byte);
      store<u16>(to, load<u16>(p, 1), 1);
      to += 3;
      p += 2;
    }
  }
  return to;
}
