import avsc from 'avsc';
import type { AvscTap } from './bounded-collections.js';

/** From here on bytes stay where they were read: a copy costs more than keeping what is around them alive. */
const LARGE_BYTES = 32 * 1024;

/** A position behind the end is what avsc takes for bytes that are cut off. */
function readBytes(tap: AvscTap): Buffer {
  const length = tap.readLong();
  const from = tap.pos;
  tap.pos = length < 0 ? tap.buf.length + 1 : from + length;
  const view = tap.buf.subarray(from, tap.pos);
  return length < LARGE_BYTES ? Buffer.from(view) : view;
}

/** Reads bytes without avsc's own memory, which is new and filled with zeros for every 4 KiB and for all that is larger. */
export const viewBytes = (): void => {
  Object.assign(avsc.types.BytesType.prototype, { _read: readBytes });
};
