import { layOut, RunTable, standsAt, type Literal, type Literals } from './literal-table.js';
import type { Marks } from './marks.js';

const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = end - start;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
  return hash;
};

/** Finds the literal a whole text is equal to: by length, then by hash, then by its bytes. */
export class EqualsIndex {
  private readonly literals: Literals;
  private readonly lengths: Uint8Array;
  private readonly table: RunTable;

  constructor(found: readonly Literal[]) {
    this.literals = layOut(found);
    this.lengths = new Uint8Array(1 + found.reduce((most, { bytes }) => Math.max(most, bytes.length), 0));
    const filed = new Map<number, number[]>();
    for (const [index, { bytes }] of found.entries()) {
      this.lengths[bytes.length] = 1;
      const hash = hashOf(bytes, 0, bytes.length);
      const run = filed.get(hash);
      if (run) run.push(index);
      else filed.set(hash, [index]);
    }
    this.table = new RunTable(filed);
  }

  scan(text: Uint8Array, start: number, end: number, marks: Marks): void {
    const length = end - start;
    if (length >= this.lengths.length || this.lengths[length] === 0) return;
    const place = this.table.find(hashOf(text, start, end));
    if (place === 0) return;
    const last = place + this.table.at(place);
    for (let i = place + 1; i <= last; i++) {
      const index = this.table.at(i);
      if (this.literals.length[index] === length && standsAt(this.literals, index, text, start))
        marks.mark(this.literals.atom[index]!);
    }
  }
}
