import type { Image } from './image.js';
import { LITERAL_ATOM, LITERAL_BYTES, LITERAL_LENGTH, MULTIPLIER } from './layout.js';

/** What an index looks for: an atom's number or address, and its bytes. */
export type Literal = { atom: number; bytes: Uint8Array };

/** Places for open addressing that never wraps: at most half of the slots are full, and the last one never is. */
const placed = (shift: number, hashes: readonly number[]): { slots: number; slotOf: number[] } => {
  let last = (1 << (32 - shift)) - 1;
  const taken = new Uint8Array(last + 1 + hashes.length);
  const slotOf = hashes.map((hash) => {
    let slot = hash >>> shift;
    while (taken[slot] === 1) slot++;
    taken[slot] = 1;
    last = Math.max(last, slot);
    return slot;
  });
  return { slots: last + 2, slotOf };
};

/** How far to shift a hash of 32 bits so that so many entries fill at most half of what it tells apart. */
export const shiftFor = (count: number): number => 32 - Math.max(4, 32 - Math.clz32(2 * count));

/** Two words, for the head of an index: the shift, and where the slots are (key, run). */
export const writeTable = (image: Image, content: ReadonlyMap<number, readonly number[]>): number[] => {
  const keys = [...content.keys()];
  const shift = shiftFor(keys.length);
  const { slots, slotOf } = placed(
    shift,
    keys.map((key) => Math.imul(key, MULTIPLIER)),
  );
  const at = image.allocate(8 * slots);
  for (const [index, key] of keys.entries()) {
    const run = image.putList(content.get(key) ?? []);
    image.setWord(at + 8 * slotOf[index]!, key);
    image.setWord(at + 8 * slotOf[index]! + 4, run);
  }
  return [shift, at];
};

/** A table of pointers by hashes that are already made: its shift, and where it is. */
export const writePointers = (
  image: Image,
  pointers: readonly number[],
  hashes: readonly number[],
): { shift: number; at: number } => {
  const shift = shiftFor(pointers.length);
  const { slots, slotOf } = placed(shift, hashes);
  const at = image.allocate(4 * slots);
  for (const [index, pointer] of pointers.entries()) image.setWord(at + 4 * slotOf[index]!, pointer);
  return { shift, at };
};

/** A literal as every index compares it: its atom, its length, its bytes. */
export const writeLiteral = (image: Image, { atom, bytes }: Literal): number => {
  const at = image.allocate(LITERAL_BYTES + bytes.length + 16);
  image.setWord(at + LITERAL_ATOM, atom);
  image.setWord(at + LITERAL_LENGTH, bytes.length);
  image.bytes.set(bytes, at + LITERAL_BYTES);
  return at;
};

/** Maps of hashes, eight kilobytes each: a bit per hash of 16 bits, or a byte per hash of 13. */
const MAP_SIZE = 1 << 13;

export const writeBits = (image: Image, keys: Iterable<number>): number => {
  const at = image.allocate(MAP_SIZE);
  for (const key of keys) {
    const hash = Math.imul(key, MULTIPLIER) >>> 16;
    image.bytes[at + (hash >>> 3)]! |= 1 << (hash & 7);
  }
  return at;
};

export const writeFlags = (image: Image, keys: Iterable<number>): number => {
  const at = image.allocate(MAP_SIZE);
  for (const key of keys) image.bytes[at + (Math.imul(key, MULTIPLIER) >>> 19)] = 1;
  return at;
};
