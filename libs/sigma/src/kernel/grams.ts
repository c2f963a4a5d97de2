import { layOut, RunTable, standsAt, type Literal, type Literals } from './literal-table.js';
import type { Marks } from './marks.js';

const MULTIPLIER = 0x9e3779b1;
const WIDTH = 4;

/** Text that events are full of: four bytes of it are a poor key. */
const COMMON =
  'c:\\windows\\system32\\ \\program files (x86)\\microsoft\\users\\appdata\\local\\temp\\powershell.exe cmd.exe /c rundll32 .dll .com .net http://www.https:// service software currentversion ion ing tion ment -command ';

const gramAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;

/**
 * Finds every literal (four bytes or more) that a text contains, in one pass: each is filed under the rarest run of
 * four bytes in it; a bitmap of those runs decides at most places, then a table, then the bytes themselves: what is
 * marked is the truth.
 */
export class GramIndex {
  private readonly literals: Literals;
  private readonly offset: Int32Array;
  private readonly table: RunTable;
  private readonly bits: Int32Array;
  private readonly shift: number;

  constructor(found: readonly Literal[]) {
    this.literals = layOut(found);
    this.offset = new Int32Array(found.length);
    const filed = new Map<number, number[]>();
    for (const [gram, places] of fileByGram(found)) {
      filed.set(
        gram,
        places.map(({ index }) => index),
      );
      for (const { index, offset } of places) this.offset[index] = offset;
    }
    const width = Math.min(18, Math.max(10, 32 - Math.clz32(24 * filed.size)));
    this.shift = 32 - width;
    this.bits = new Int32Array(1 << (width - 5));
    for (const gram of filed.keys()) {
      const hash = Math.imul(gram, MULTIPLIER) >>> this.shift;
      this.bits[hash >>> 5]! |= 1 << (hash & 31);
    }
    this.table = new RunTable(filed);
  }

  scan(text: Uint8Array, start: number, end: number, marks: Marks): void {
    if (end - start < WIDTH) return;
    const { bits, shift } = this;
    let gram = (text[start]! << 16) | (text[start + 1]! << 8) | text[start + 2]!;
    for (let at = start + 3; at < end; at++) {
      gram = (gram << 8) | text[at]!;
      const hash = Math.imul(gram, MULTIPLIER) >>> shift;
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) !== 0) this.probe(gram, text, at - 3, start, end, marks);
    }
  }

  private probe(gram: number, text: Uint8Array, at: number, start: number, end: number, marks: Marks): void {
    const place = this.table.find(gram);
    if (place === 0) return;
    const last = place + this.table.at(place);
    for (let i = place + 1; i <= last; i++) {
      const index = this.table.at(i);
      const atom = this.literals.atom[index]!;
      if (marks.holds(atom)) continue;
      const from = at - this.offset[index]!;
      if (from >= start && from + this.literals.length[index]! <= end && standsAt(this.literals, index, text, from))
        marks.mark(atom);
    }
  }
}

/**
 * Chooses every literal's run of four, the rarest in it, and files the literal there (the run's first byte highest).
 * For texts of which only every n-th place is looked at (`stride`; literals are longer by three at least), one run for
 * each of n offsets that a literal may have to those places.
 */
export const fileByGram = (found: readonly Literal[], stride = 1): Map<number, { index: number; offset: number }[]> => {
  const weights = weigh(found);
  const filed = new Map<number, { index: number; offset: number }[]>();
  const rarest = (bytes: Uint8Array, first: number): number => {
    const weightAt = (at: number): number => weights.get(gramAt(bytes, at)) ?? 0;
    let best = first;
    for (let at = first + stride; at + WIDTH <= bytes.length; at += stride)
      if (weightAt(at) < weightAt(best)) best = at;
    return best;
  };
  for (const [index, { bytes }] of found.entries()) {
    for (let first = 0; first < stride; first++) {
      const offset = rarest(bytes, first);
      const gram = gramAt(bytes, offset);
      const run = filed.get(gram);
      if (run) run.push({ index, offset });
      else filed.set(gram, [{ index, offset }]);
    }
  }
  return filed;
};

/** How often each run of four stands in the literals, and more for what is common anyway. */
const weigh = (found: readonly Literal[]): Map<number, number> => {
  const weights = new Map<number, number>();
  const count = (bytes: Uint8Array, weight: number): void => {
    for (let at = 0; at + WIDTH <= bytes.length; at++)
      weights.set(gramAt(bytes, at), (weights.get(gramAt(bytes, at)) ?? 0) + weight);
  };
  for (const { bytes } of found) count(bytes, 1);
  count(new TextEncoder().encode(COMMON), 1_000);
  return weights;
};
