import { HOST, type Atom } from './atoms.js';
import { LOWER } from './folding.js';
import { layOut, RunTable, type Literals } from './literal-table.js';

/** The longest part of a keyword that JSON writes as it is, whatever the writer: printable ASCII but `"`, `\` and `/`. */
const plainPart = (literal: Uint8Array): Uint8Array => {
  let best = literal.subarray(0, 0);
  for (let start = 0; start < literal.length; start++) {
    let end = start;
    while (end < literal.length && isPlain(literal[end]!)) end++;
    if (end - start > best.length) best = literal.subarray(start, end);
    start = Math.max(start, end);
  }
  return best;
};

const isPlain = (byte: number): boolean => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c && byte !== 0x2f;

/** A number's text need not be what the line says: 1e3 is 1000, 1e999 Infinity. */
const isInNumbers = (part: Uint8Array): boolean => {
  const text = String.fromCharCode(...part);
  return /^[-+.e0-9]*$/.test(text) || 'infinity'.includes(text);
};

const WIDTH = 4;
const BITS = 13;
const MULTIPLIER = 0x9e3779b1;
const gramAt = (bytes: Uint8Array, at: number): number => (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;

/**
 * Tells from an event's raw bytes that no keyword can be in it. It looks at every n-th place only, n being such that a keyword cannot
 * stand between two of them. Sound for lines without `\u` escapes and without letters whose lower case is ASCII.
 */
export class KeywordFilter {
  private readonly literals: Literals;
  private readonly table: RunTable;
  private readonly bits = new Int32Array(1 << (BITS - 5));
  private readonly stride: number;

  /** Undefined when some atom asks for more than literals, or for one too short. */
  static of(atoms: readonly Atom[]): KeywordFilter | undefined {
    const asked = atoms.filter(({ kind }) => kind !== HOST);
    const parts = asked.map(({ literal }) => plainPart(literal));
    return parts.every((part) => part.length >= WIDTH && !isInNumbers(part)) ? new KeywordFilter(parts) : undefined;
  }

  private constructor(parts: readonly Uint8Array[]) {
    this.literals = layOut(parts.map((bytes) => ({ atom: 0, bytes })));
    this.stride = Math.min(...parts.map(({ length }) => length)) - WIDTH + 1;
    const filed = new Map<number, number[]>();
    for (const [index, bytes] of parts.entries()) {
      for (let offset = 0; offset < this.stride; offset++) {
        const gram = gramAt(bytes, offset);
        const run = filed.get(gram) ?? [];
        run.push(index, offset);
        filed.set(gram, run);
        const hash = Math.imul(gram, MULTIPLIER) >>> (32 - BITS);
        this.bits[hash >>> 5]! |= 1 << (hash & 31);
      }
    }
    this.table = new RunTable(filed);
  }

  mayHold(line: Uint8Array): boolean {
    const { stride, bits } = this;
    for (let at = 0; at + WIDTH <= line.length; at += stride) {
      const gram = (LOWER[line[at]!]! << 24) | (LOWER[line[at + 1]!]! << 16) | (LOWER[line[at + 2]!]! << 8) | LOWER[line[at + 3]!]!;
      const hash = Math.imul(gram, MULTIPLIER) >>> (32 - BITS);
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) !== 0 && this.standsNear(gram, line, at)) return true;
    }
    return false;
  }

  private standsNear(gram: number, line: Uint8Array, at: number): boolean {
    const place = this.table.find(gram);
    if (place === 0) return false;
    const last = place + this.table.at(place);
    for (let i = place + 1; i <= last; i += 2) if (this.standsAt(this.table.at(i), line, at - this.table.at(i + 1))) return true;
    return false;
  }

  private standsAt(index: number, line: Uint8Array, at: number): boolean {
    const from = this.literals.start[index]!;
    const length = this.literals.length[index]!;
    if (at < 0 || at + length > line.length) return false;
    for (let i = 0; i < length; i++) if (LOWER[line[at + i]!] !== this.literals.bytes[from + i]) return false;
    return true;
  }
}
