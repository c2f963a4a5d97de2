import { RunTable, type Literal } from './literal-table.js';
import type { Marks } from './marks.js';

const keyOf = (length: number, bytes: number): number => (length << 24) | bytes;

/** A literal of one to three bytes as a key: its length, then its bytes. */
export const keyOfShort = (bytes: Uint8Array): number =>
  keyOf(
    bytes.length,
    bytes.reduce((packed, byte) => (packed << 8) | byte, 0),
  );

/** Per first byte, which lengths there are: bits 1, 2 and 3. */
const lengthsOfShorts = (found: readonly Literal[]): Uint8Array => {
  const lengths = new Uint8Array(256);
  for (const { bytes } of found) lengths[bytes[0]!]! |= 1 << bytes.length;
  return lengths;
};

/**
 * Literals of one to three bytes that a text contains. Too many places hold them to look on every event: this runs on
 * demand.
 */
export class ShortIndex {
  private readonly table: RunTable;
  private readonly lengths: Uint8Array;

  constructor(found: readonly Literal[]) {
    this.lengths = lengthsOfShorts(found);
    this.table = new RunTable(new Map(found.map(({ atom, bytes }) => [keyOfShort(bytes), [atom]])));
  }

  scan(text: Uint8Array, start: number, end: number, marks: Marks): void {
    for (let at = start; at < end; at++) {
      const byte = text[at]!;
      const lengths = this.lengths[byte]!;
      if (lengths === 0) continue;
      if ((lengths & 2) !== 0) this.look(keyOf(1, byte), marks);
      if ((lengths & 4) !== 0 && at + 1 < end) this.look(keyOf(2, (byte << 8) | text[at + 1]!), marks);
      if ((lengths & 8) !== 0 && at + 2 < end)
        this.look(keyOf(3, (byte << 16) | (text[at + 1]! << 8) | text[at + 2]!), marks);
    }
  }

  private look(key: number, marks: Marks): void {
    const place = this.table.find(key);
    if (place !== 0) marks.mark(this.table.at(place + 1));
  }
}
