/** Blocks of tar: headers, and what an archive ends with. */
import type { ByteStream } from './streams.js';

const BLOCK = 512;
const ZEROS = Buffer.alloc(BLOCK);
/** Entries that begin in so many bytes wait for each other. */
const SLICE_BYTES = 64 * 1024;

const octalAt = (header: Buffer, from: number, length: number): number =>
  Number.parseInt(header.toString('latin1', from, from + length), 8);

/** Whether some bytes begin with a header of an entry: the sum of its bytes stands in it. */
export const isHeader = (beginning: Buffer): boolean => {
  if (beginning.length < BLOCK) return false;
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (beginning[at] ?? 0);
  return sum === octalAt(beginning, 148, 8);
};

/** Whether some bytes are the beginning of such an archive. */
export const isTar = (beginning: Buffer): boolean =>
  beginning.toString('latin1', 257, 262) === 'ustar' && isHeader(beginning);

/** Whether a block, or what there is of it, holds nothing. */
export const isEmpty = (block: Buffer): boolean => block.equals(ZEROS.subarray(0, block.length));

const holdsEmpty = (slice: Buffer): boolean => {
  for (let at = 0; at < slice.length; at += BLOCK)
    if (slice[at] === 0 && isEmpty(slice.subarray(at, at + BLOCK))) return true;
  return false;
};

/** Whole blocks, several at once; one by one where an archive may end among them. */
export async function* slicesOf(bytes: ByteStream): AsyncGenerator<Buffer> {
  let left = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    const end = all.length - (all.length % BLOCK);
    for (let from = 0; from < end; from += SLICE_BYTES) {
      const slice = all.subarray(from, Math.min(end, from + SLICE_BYTES));
      const size = holdsEmpty(slice) ? BLOCK : slice.length;
      for (let at = 0; at < slice.length; at += size) yield slice.subarray(at, at + size);
    }
    left = Buffer.from(all.subarray(end));
  }
  if (left.length > 0) yield left;
}
