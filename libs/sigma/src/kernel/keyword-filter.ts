import { HOST, type Atom } from './atoms.js';
import { LOWER } from './folding.js';
import type { Line } from './line.js';
import { layOut, RunTable, type Literals } from './literal-table.js';
import { isSearched } from './scanner.js';

/** The longest part of a keyword that JSON writes as it is, or else by escapes that the scanner tells of. */
const plainPart = (literal: Uint8Array): Uint8Array => {
  let best = literal.subarray(0, 0);
  for (let start = 0; start < literal.length; start++) {
    let end = start;
    while (end < literal.length && isSearched(literal[end]!)) end++;
    if (end - start > best.length) best = literal.subarray(start, end);
    start = Math.max(start, end);
  }
  return best;
};

/** A number's text need not be what the line says: 1e3 is 1000, 1e999 Infinity. */
const isInNumbers = (part: Uint8Array): boolean => {
  const text = String.fromCharCode(...part);
  return /^[-+.e0-9]*$/.test(text) || 'infinity'.includes(text);
};

const WIDTH = 4;
const BITS = 13;
const MULTIPLIER = 0x9e3779b1;
/** Makes letters lower case, and other bytes something that is the same in keywords and events. */
const CASE_BITS = 0x20202020;

/** Four bytes as a word of `Line` has them, whatever this machine's byte order. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  new Int32Array(Uint8Array.from(bytes.subarray(at, at + WIDTH)).buffer)[0]! | CASE_BITS;
const hashOf = (word: number): number => Math.imul(word, MULTIPLIER) >>> (32 - BITS);

/**
 * What to look for in an event's bytes for the keywords of these atoms; undefined when some atom asks for more than
 * literals, or for one too short.
 */
export const keywordWords = (atoms: readonly Atom[]): Uint8Array[] | undefined => {
  const parts = atoms.filter(({ kind }) => kind !== HOST).map(({ literal }) => plainPart(literal));
  return parts.every((part) => part.length >= 2 * WIDTH - 1 && !isInNumbers(part)) ? parts : undefined;
};

/**
 * Tells from an event's raw bytes that no keyword can be in it. It looks at every n-th word only (of four bytes), n
 * being such that a keyword cannot stand between two of them. Sound for lines that the scanner does not find unusual.
 */
export class KeywordFilter {
  private readonly literals: Literals;
  private readonly table: RunTable;
  private readonly bits = new Int32Array(1 << (BITS - 5));
  /** In words. */
  private readonly stride: number;

  /** Undefined when some atom asks for more than literals, or for one too short. */
  static of(atoms: readonly Atom[]): KeywordFilter | undefined {
    const parts = keywordWords(atoms);
    return parts && new KeywordFilter(parts);
  }

  private constructor(parts: readonly Uint8Array[]) {
    this.literals = layOut(parts.map((bytes) => ({ atom: 0, bytes })));
    const shortest = parts.reduce((least, { length }) => Math.min(least, length), Infinity);
    this.stride = Math.floor((shortest - WIDTH + 1) / WIDTH);
    const filed = new Map<number, number[]>();
    for (const [index, bytes] of parts.entries()) {
      for (let offset = 0; offset < this.stride * WIDTH; offset++) {
        const word = wordAt(bytes, offset);
        const run = filed.get(word) ?? [];
        run.push(index, offset);
        filed.set(word, run);
        this.bits[hashOf(word) >>> 5]! |= 1 << (hashOf(word) & 31);
      }
    }
    this.table = new RunTable(filed);
  }

  mayHold(line: Line): boolean {
    const { stride, bits } = this;
    const { words } = line;
    const end = (line.length + WIDTH - 1) >> 2;
    for (let at = 0; at < end; at += stride) {
      const word = words[at]! | CASE_BITS;
      const hash = hashOf(word);
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) !== 0 && this.standsNear(word, line, at * WIDTH)) return true;
    }
    return false;
  }

  private standsNear(word: number, line: Line, at: number): boolean {
    const place = this.table.find(word);
    if (place === 0) return false;
    const last = place + this.table.at(place);
    for (let i = place + 1; i <= last; i += 2)
      if (this.standsAt(this.table.at(i), line, at - this.table.at(i + 1))) return true;
    return false;
  }

  private standsAt(index: number, line: Line, at: number): boolean {
    const from = this.literals.start[index]!;
    const length = this.literals.length[index]!;
    if (at < 0 || at + length > line.length) return false;
    for (let i = 0; i < length; i++) if (LOWER[line.bytes[at + i]!] !== this.literals.bytes[from + i]) return false;
    return true;
  }
}
