import { CODE } from './code.js';
import type { WrittenPartition } from './rule-partitions.js';

/**
 * The rules a kernel has laid out so far, to be taken up by another one over the same rules in the same order. `bytes`:
 * the memory from IMAGE on;
 * `fields`: every name some condition asks for; `key`: the places of a partition's rules; everything but `bytes` and
 * `stamps` is plain data.
 */
export type SavedImage = {
  form: string;
  generation: number;
  fields: readonly string[];
  bytes: Uint8Array;
  stamps: Int32Array;
  partitions: readonly (WrittenPartition & { key: string })[];
};

const hash = (text: string): number => {
  let mixed = text.length;
  for (let i = 0; i < text.length; i++) mixed = (Math.imul(mixed, 31) + text.charCodeAt(i)) | 0;
  return mixed >>> 0;
};

/**
 * Changes whenever saved images of before would be misread: the code is compiled with the layout, the number counts
 * changes of what JavaScript writes.
 */
export const FORM = `2.${hash(CODE).toString(16)}`;
