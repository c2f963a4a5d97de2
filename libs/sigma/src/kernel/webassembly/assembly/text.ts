/** JSON's texts, sixteen bytes at once. */
import { CODED, ESCAPED, TEXT, WIDE } from '../layout';

/** The kind of the text last read. */
let kind: i32 = 0;
/**
 * True when a character may be hidden from a search for keywords: by a `\u` escape, or as U+212A and U+0130, whose
 * lower case is ASCII.
 */
let unusual: bool = false;

@inline
export function textKind(): i32 {
  return kind;
}

export function isUnusual(): bool {
  return unusual;
}

export function beUsual(): void {
  unusual = false;
}

@inline
function isHex(byte: u32): bool {
  return byte - 48 < 10 || (byte | 32) - 97 < 6;
}

@inline
function hex(byte: u32): u32 {
  return byte <= 57 ? byte - 48 : (byte | 32) - 87;
}

/** Characters that keywords are sought by, and the two whose lower case is one. */
function isHiding(code: u32): bool {
  return (code >= 48 && code <= 58) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 32 || code === 45 || code === 46 || code === 95 || code === 0x130 || code === 0x212a;
}

/** Whether `uXXXX` stands at `p`. */
function isCode(p: usize): bool {
  if (load<u8>(p) !== 0x75) return false;
  const a: u32 = load<u8>(p, 1);
  const b: u32 = load<u8>(p, 2);
  const c: u32 = load<u8>(p, 3);
  const d: u32 = load<u8>(p, 4);
  if (!isHex(a) || !isHex(b) || !isHex(c) || !isHex(d)) return false;
  if (isHiding((hex(a) << 12) | (hex(b) << 8) | (hex(c) << 4) | hex(d))) unusual = true;
  return true;
}

/** Which of sixteen bytes may stand behind a backslash, but for `u`. */
@inline
function escapable(v: v128): i32 {
  const low = i8x16.swizzle(i8x16(0, 0, 13, 0, 8, 0, 4, 0, 0, 0, 0, 0, 2, 0, 4, 1), v128.and(v, i8x16.splat(15)));
  const high = i8x16.swizzle(i8x16(0, 0, 1, 0, 0, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0), i8x16.shr_u(v, 4));
  return i8x16.bitmask(i8x16.ne(v128.and(low, high), i8x16.splat(0)));
}

/** Looks at the codes behind backslashes in the block at `p`; false when one of them is none. */
function takeCodes(p: usize, some: i32): bool {
  let codes = some;
  kind |= CODED;
  while (codes !== 0) {
    if (!isCode(p + <usize>ctz(codes))) return false;
    codes &= codes - 1;
  }
  return true;
}

/** Looks at the bytes of the block at `p` that are controls or not ASCII; false when one is a control. */
function takeOdd(p: usize, v: v128, odd: i32): bool {
  if ((odd & ~i8x16.bitmask(v)) !== 0) return false;
  kind |= WIDE;
  const before = v128.load(p - 1);
  const folded = v128.or(
    v128.and(i8x16.eq(v, i8x16.splat(<i8>0xaa)), i8x16.eq(before, i8x16.splat(<i8>0x84))),
    v128.and(i8x16.eq(v, i8x16.splat(<i8>0xb0)), i8x16.eq(before, i8x16.splat(<i8>0xc4))));
  if ((i8x16.bitmask(folded) & odd) !== 0) unusual = true;
  return true;
}

/**
 * Reads the text that begins at `p`, behind its quote: where its closing quote is, 0 for what JSON does not allow.
 * Zeros follow the line.
 */
export function text(p: usize): usize {
  kind = TEXT;
  let carry: i32 = 0;
  while (true) {
    const v = v128.load(p);
    let quotes: i32 = i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x22)));
    const slashes: i32 = i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x5c)));
    let odd: i32 = i8x16.bitmask(i8x16.lt_s(v, i8x16.splat(32)));
    let escaped: i32 = 0;
    if ((slashes | carry) !== 0) {
      const starts = slashes & ~carry;
      const follows = (starts << 1) | carry;
      const sequence = (starts & 0xaaaa & ~follows) + starts;
      carry = (sequence >>> 16) & 1;
      escaped = (0x5555 ^ (sequence << 1)) & follows & 0xffff;
      quotes &= ~escaped;
    }
    const below = quotes !== 0 ? (quotes & -quotes) - 1 : 0xffff;
    odd &= below;
    if (odd !== 0 && !takeOdd(p, v, odd)) return 0;
    escaped &= below;
    if (escaped !== 0) {
      const plain = escaped & escapable(v);
      if (plain !== 0) kind |= ESCAPED;
      if (plain !== escaped && !takeCodes(p, escaped ^ plain)) return 0;
    }
    if (quotes !== 0) return p + <usize>ctz(quotes);
    p += 16;
  }
}
