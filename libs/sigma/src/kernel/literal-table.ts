/** Literals of one field and kind, laid out flat: what every index here compares with in the end. */
export type Literals = { bytes: Uint8Array; start: Int32Array; length: Int32Array; atom: Int32Array };
export type Literal = { atom: number; bytes: Uint8Array };

export const layOut = (literals: readonly Literal[]): Literals => {
  const bytes = new Uint8Array(literals.reduce((sum, literal) => sum + literal.bytes.length, 0));
  const start = new Int32Array(literals.length);
  let top = 0;
  for (const [index, literal] of literals.entries()) {
    start[index] = top;
    bytes.set(literal.bytes, top);
    top += literal.bytes.length;
  }
  return {
    bytes,
    start,
    length: Int32Array.from(literals, (literal) => literal.bytes.length),
    atom: Int32Array.from(literals, ({ atom }) => atom),
  };
};

/** Whether the literal stands in `text` at `at`; the caller knows that it fits. */
export const standsAt = (literals: Literals, index: number, text: Uint8Array, at: number): boolean => {
  const from = literals.start[index]!;
  const length = literals.length[index]!;
  const { bytes } = literals;
  for (let i = 0; i < length; i++) if (bytes[from + i] !== text[at + i]) return false;
  return true;
};

const MULTIPLIER = 0x9e3779b1;

/** A map from integers to runs of integers: open addressing over flat arrays, at most half full. */
export class RunTable {
  private readonly keys: Int32Array;
  private readonly heads: Int32Array;
  private readonly runs: Int32Array;
  private readonly shift: number;

  constructor(content: ReadonlyMap<number, readonly number[]>) {
    const bits = Math.max(4, 32 - Math.clz32(2 * content.size));
    this.shift = 32 - bits;
    this.keys = new Int32Array(1 << bits);
    this.heads = new Int32Array(1 << bits);
    const runs: number[] = [0];
    for (const [key, values] of content) {
      let slot = Math.imul(key, MULTIPLIER) >>> this.shift;
      while (this.heads[slot] !== 0) slot = (slot + 1) & (this.heads.length - 1);
      this.keys[slot] = key;
      this.heads[slot] = runs.length;
      runs.push(values.length, ...values);
    }
    this.runs = Int32Array.from(runs);
  }

  /** Where the run of a key begins: its length stands there, its integers follow; 0 when there is none. */
  find(key: number): number {
    let slot = Math.imul(key, MULTIPLIER) >>> this.shift;
    for (;;) {
      const head = this.heads[slot]!;
      if (head === 0 || this.keys[slot] === key) return head;
      slot = (slot + 1) & (this.heads.length - 1);
    }
  }

  at(place: number): number {
    return this.runs[place]!;
  }
}
