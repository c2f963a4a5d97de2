/**
 * Which literals of four bytes and more a folded text contains. Words of the index: a map of hashed runs of four bytes
 * (0 when there are none), a table of (literal, offset of the run in it) by run, at every how many places texts are
 * looked at, a list of literals that are looked for one by one (0 when there are none), and whether the map has bytes
 * instead of bits.
 */
import { BITS, LITERAL_ATOM, LITERAL_BYTES, LITERAL_LENGTH, MULTIPLIER } from '../layout';
import { run, standsAt } from './indexes';
import { isMarked, mark } from './marks';

/** Whether a run of four bytes may be in the table: by a byte per hash of 13 bits, or a bit per hash of 16. */
@inline
function isSet(map: usize, isSmall: bool, p: usize): u32 {
  const product = <u32>(load<i32>(p) * MULTIPLIER);
  if (isSmall) return load<u8>(map + <usize>(product >>> 19));
  return load<u8>(map + <usize>(product >>> 19)) & load<u8>(<usize>BITS + <usize>((product >>> 16) & 7));
}

@inline
function scan(index: usize, isSmall: bool, start: usize, end: usize): void {
  const map = load<u32>(index) as usize;
  const stride = load<u32>(index, 12) as usize;
  let p = start;
  for (; p + 3 * stride + 4 <= end; p += 4 * stride) {
    if ((isSet(map, isSmall, p) | isSet(map, isSmall, p + stride) | isSet(map, isSmall, p + 2 * stride) | isSet(map, isSmall, p + 3 * stride)) === 0) continue;
    for (let i: usize = 0; i < 4; i++) if (isSet(map, isSmall, p + i * stride) !== 0) probe(index + 4, p + i * stride, start, end);
  }
  for (; p + 4 <= end; p += stride) if (isSet(map, isSmall, p) !== 0) probe(index + 4, p, start, end);
}

export function scanGrams(index: usize, start: usize, end: usize): void {
  const few = load<u32>(index, 16) as usize;
  if (few !== 0) {
    const last = few + (<usize>load<u32>(few) << 2);
    for (let at = few + 4; at <= last; at += 4) seek(load<u32>(at), start, end);
  }
  if (load<u32>(index) === 0) return;
  if (load<u32>(index, 20) !== 0) scan(index, true, start, end);
  else scan(index, false, start, end);
}

function probe(table: usize, p: usize, start: usize, end: usize): void {
  const found = run(table, load<i32>(p));
  if (found === 0) return;
  const last = found + (<usize>load<u32>(found) << 2);
  for (let at = found + 4; at <= last; at += 8) {
    const literal = load<u32>(at) as usize;
    const atom = load<u32>(literal, LITERAL_ATOM) as usize;
    if (isMarked(atom)) continue;
    const from = p - <usize>load<u32>(at, 4);
    const length = load<i32>(literal, LITERAL_LENGTH);
    if (from >= start && from + <usize>length <= end && standsAt(literal, from, length)) mark(atom);
  }
}

/** Looks for one literal, by its first and its last byte. */
function seek(literal: usize, start: usize, end: usize): void {
  const atom = load<u32>(literal, LITERAL_ATOM) as usize;
  const length = load<u32>(literal, LITERAL_LENGTH) as usize;
  if (start + length > end || isMarked(atom)) return;
  const first = i8x16.splat(load<u8>(literal, LITERAL_BYTES));
  const last = i8x16.splat(load<u8>(literal + length - 1, LITERAL_BYTES));
  const latest = end - length;
  for (let p = start; p <= latest; p += 16) {
    let both = i8x16.bitmask(v128.and(i8x16.eq(v128.load(p), first), i8x16.eq(v128.load(p + length - 1), last)));
    for (; both !== 0; both &= both - 1) {
      const from = p + <usize>ctz(both);
      if (from > latest) return;
      if (standsAt(literal, from, <i32>length)) return mark(atom);
    }
  }
}
