import { RunTable, type Literal } from './literal-table.js';
import type { Marks } from './marks.js';

/**
 * Finds every literal a text begins (or ends) with: a tree of their bytes, walked from that end for as long as it goes
 * on.
 * One table holds the tree: node and byte -> next node and the atom that ends there (-1: none).
 */
export class EdgeIndex {
  private readonly steps: RunTable;
  private readonly first = new Uint8Array(256);

  /** @param step 1 from the beginning, -1 from the end */
  constructor(
    found: readonly Literal[],
    private readonly step: 1 | -1,
  ) {
    const steps = new Map<number, number[]>();
    let nodes = 1;
    for (const { atom, bytes } of found) {
      let node = 0;
      for (let i = 0; i < bytes.length; i++) {
        const key = (node << 8) | bytes[step > 0 ? i : bytes.length - 1 - i]!;
        const next = steps.get(key) ?? [nodes++, -1];
        steps.set(key, next);
        node = next[0]!;
        if (i === bytes.length - 1) next[1] = atom;
      }
      if (bytes.length > 0) this.first[bytes[step > 0 ? 0 : bytes.length - 1]!] = 1;
    }
    this.steps = new RunTable(steps);
  }

  scan(text: Uint8Array, start: number, end: number, marks: Marks): void {
    const { step } = this;
    let at = step > 0 ? start : end - 1;
    if (start === end || this.first[text[at]!] === 0) return;
    for (let node = 0; at >= start && at < end; at += step) {
      const place = this.steps.find((node << 8) | text[at]!);
      if (place === 0) return;
      node = this.steps.at(place + 1);
      const atom = this.steps.at(place + 2);
      if (atom >= 0) marks.mark(atom);
    }
  }
}
