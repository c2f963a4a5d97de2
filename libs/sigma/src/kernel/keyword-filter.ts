import { HOST, type Atom } from './atoms.js';
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

const WIDTH = 4;
const lowerByte = (byte: number): number => (byte >= 65 && byte <= 90 ? byte | 32 : byte);
const gramAt = (bytes: Uint8Array, at: number): number =>
  (lowerByte(bytes[at]!) << 24) | (lowerByte(bytes[at + 1]!) << 16) | (lowerByte(bytes[at + 2]!) << 8) | lowerByte(bytes[at + 3]!);

/**
 * Tells from an event's raw bytes that no keyword can be in it. It looks at every n-th place only, n being such that a keyword cannot
 * stand between two of them. Sound for lines without `\u` escapes, numbers written unusually, and letters whose lower case is ASCII.
 */
export class KeywordFilter {
  private readonly literals: Literals;
  private readonly table: RunTable;
  private readonly stride: number;

  /** Undefined when some atom asks for more than literals, or for one too short. */
  static of(atoms: readonly Atom[]): KeywordFilter | undefined {
    const asked = atoms.filter(({ kind }) => kind !== HOST);
    const parts = asked.map(({ literal }) => plainPart(literal));
    return parts.every(({ length }) => length >= WIDTH) ? new KeywordFilter(parts) : undefined;
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
      }
    }
    this.table = new RunTable(filed);
  }

  mayHold(line: Uint8Array): boolean {
    const { stride } = this;
    for (let at = 0; at + WIDTH <= line.length; at += stride) {
      const place = this.table.find(gramAt(line, at));
      if (place !== 0 && this.standsNear(place, line, at)) return true;
    }
    return false;
  }

  private standsNear(place: number, line: Uint8Array, at: number): boolean {
    const last = place + this.table.at(place);
    for (let i = place + 1; i <= last; i += 2) if (this.standsAt(this.table.at(i), line, at - this.table.at(i + 1))) return true;
    return false;
  }

  private standsAt(index: number, line: Uint8Array, at: number): boolean {
    const from = this.literals.start[index]!;
    const length = this.literals.length[index]!;
    if (at < 0 || at + length > line.length) return false;
    for (let i = 0; i < length; i++) if (lowerByte(line[at + i]!) !== this.literals.bytes[from + i]) return false;
    return true;
  }
}
