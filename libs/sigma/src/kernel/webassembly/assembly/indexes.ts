/**
 * The indexes of one field: which of its literals a folded text equals,: here what it equals. What they mark is the
 * truth.
 */
import { LITERAL_ATOM, LITERAL_BYTES, LITERAL_LENGTH, MASKS, MULTIPLIER } from '../layout';
import { mark } from './marks';

/** A table of runs: its shift, then slots of a key and where its run is; a run begins with its length. */
@inline
export function run(table: usize, key: i32): usize {
  const shift = load<i32>(table);
  const slots = load<u32>(table, 4) as usize;
  let slot: usize = slots + (<usize>(<u32>(key * MULTIPLIER) >>> shift) << 3);
  while (true) {
    const found = load<u32>(slot, 4) as usize;
    if (found === 0 || load<i32>(slot) === key) return found;
    slot += 8;
  }
}

/** Whether the literal's bytes stand at `p`. */
@inline
export function standsAt(literal: usize, p: usize, length: i32): bool {
  const bytes = literal + LITERAL_BYTES;
  let i = 0;
  for (; i + 16 <= length; i += 16) if (!i8x16.all_true(i8x16.eq(v128.load(p + <usize>i), v128.load(bytes + <usize>i)))) return false;
  if (i === length) return true;
  const differing = v128.xor(v128.load(p + <usize>i), v128.load(bytes + <usize>i));
  return !v128.any_true(v128.and(differing, v128.load(<usize>(MASKS + 16 - (length - i)))));
}

/** Four bytes at once; what is left at the end is masked. */
@inline
function hashOf(start: usize, length: i32): i32 {
  let hash = length;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    hash = (hash ^ load<i32>(start + <usize>i)) * MULTIPLIER;
    hash ^= hash >>> 15;
  }
  if (i === length) return hash;
  hash = (hash ^ (load<i32>(start + <usize>i) & ((1 << ((length - i) << 3)) - 1))) * MULTIPLIER;
  return hash ^ (hash >>> 15);
}

/** Words: the longest length, where a byte per length says whether there is such a literal, then a table by hash. */
export function scanEquals(index: usize, start: usize, end: usize): void {
  const length = <i32>(end - start);
  if (length > load<i32>(index) || load<u8>((load<u32>(index, 4) as usize) + <usize>length) === 0) return;
  const found = run(index + 8, hashOf(start, length));
  if (found === 0) return;
  const last = found + (<usize>load<u32>(found) << 2);
  for (let at = found + 4; at <= last; at += 4) {
    const literal = load<u32>(at) as usize;
    if (load<i32>(literal, LITERAL_LENGTH) === length && standsAt(literal, start, length)) mark(load<u32>(literal, LITERAL_ATOM));
  }
}
