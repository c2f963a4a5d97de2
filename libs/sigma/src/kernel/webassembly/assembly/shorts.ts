/**
 * Literals of one to three bytes that a text contains, looked for on demand. Words of the index: a list of pairs (byte,
 * atom) that begins with their number, a bitmap of the two bytes that longer ones begin with, then a table by length
 * and bytes.
 */
import { run } from './indexes';
import { isMarked, mark } from './marks';
import { BITS, MASKS } from '../layout';

export function scanShorts(index: usize, start: usize, end: usize): void {
  if (start === end) return;
  const singles = load<u32>(index) as usize;
  const last = singles + (<usize>load<u32>(singles) << 3);
  for (let at = singles; at < last; at += 8) {
    const atom = load<u32>(at, 8) as usize;
    if (!isMarked(atom) && holdsByte(load<u8>(at, 4), start, end)) mark(atom);
  }
  const pairs = load<u32>(index, 4) as usize;
  if (pairs === 0) return;
  let p = start;
  for (; p + 5 <= end; p += 4) {
    if ((isSet(pairs, p) | isSet(pairs, p + 1) | isSet(pairs, p + 2) | isSet(pairs, p + 3)) === 0) continue;
    for (let i: usize = 0; i < 4; i++) look(index, pairs, p + i, end);
  }
  for (; p + 2 <= end; p++) look(index, pairs, p, end);
}

function holdsByte(byte: u8, start: usize, end: usize): bool {
  const wanted = i8x16.splat(byte);
  let p = start;
  for (; p + 16 <= end; p += 16) if (v128.any_true(i8x16.eq(v128.load(p), wanted))) return true;
  return p < end && v128.any_true(v128.and(i8x16.eq(v128.load(p), wanted), v128.load(<usize>MASKS + 16 - (end - p))));
}

@inline
function isSet(pairs: usize, p: usize): u32 {
  const pair: u32 = load<u16>(p);
  return load<u8>(pairs + <usize>(pair >>> 3)) & load<u8>(<usize>BITS + <usize>(pair & 7));
}

function look(index: usize, pairs: usize, p: usize, end: usize): void {
  if (isSet(pairs, p) === 0) return;
  const pair = (<i32>load<u8>(p) << 8) | <i32>load<u8>(p, 1);
  const two = run(index + 8, (2 << 24) | pair);
  if (two !== 0) mark(load<u32>(two, 4));
  if (p + 2 >= end) return;
  const three = run(index + 8, (3 << 24) | (pair << 8) | <i32>load<u8>(p, 2));
  if (three !== 0) mark(load<u32>(three, 4));
}
