import type { Image } from './image.js';
import { writeLiteral, type Literal } from './tables.js';

/**
 * `atom`: of the literal that ends here, or 0. `tail`: what is left of the only literal that goes on; several go on in
 * `node`.
 */
type Child = { byte: number; atom: number; tail?: Literal; node?: EdgeNode };
type EdgeNode = { base: number; children: Child[] };

const STEP = 16;
const BYTES = 256;

type Open = { node: EdgeNode; literals: readonly Literal[]; depth: number };

/** Node after node: literals may share thousands of bytes, and the stack ends sooner. */
const treeOf = (all: readonly Literal[], step: 1 | -1): EdgeNode => {
  const root: EdgeNode = { base: 0, children: [] };
  const open: Open[] = [{ node: root, literals: all, depth: 0 }];
  for (const { node, literals, depth } of open) {
    for (const [byte, group] of grouped(literals, depth, step))
      node.children.push(childOf(byte, group, depth + 1, step, open));
  }
  return root;
};

const grouped = (literals: readonly Literal[], depth: number, step: 1 | -1): Map<number, Literal[]> => {
  const groups = new Map<number, Literal[]>();
  for (const literal of literals) {
    const byte = literal.bytes[step > 0 ? depth : literal.bytes.length - 1 - depth]!;
    const group = groups.get(byte);
    if (group) group.push(literal);
    else groups.set(byte, [literal]);
  }
  return groups;
};

const childOf = (byte: number, group: readonly Literal[], depth: number, step: 1 | -1, open: Open[]): Child => {
  const atom = group.find(({ bytes }) => bytes.length === depth)?.atom ?? 0;
  const longer = group.filter(({ bytes }) => bytes.length > depth);
  const only = longer.length === 1 ? longer[0] : undefined;
  if (only)
    return {
      byte,
      atom,
      tail: {
        atom: only.atom,
        bytes: step > 0 ? only.bytes.subarray(depth) : only.bytes.subarray(0, only.bytes.length - depth),
      },
    };
  if (longer.length === 0) return { byte, atom };
  const node: EdgeNode = { base: 0, children: [] };
  open.push({ node, literals: longer, depth });
  return { byte, atom, node };
};

/** Places taken so far, and bases: no two nodes have one base. */
class EdgePlaces {
  private taken = new Uint8Array(1 << 12);
  private bases = new Uint8Array(1 << 12);
  private free = BYTES;
  size = 0;

  /** A base for these children: all of base + byte are free. */
  take(bytes: readonly number[]): number {
    while (this.taken[this.free] === 1) this.free++;
    let base = Math.max(1, this.free - bytes[0]!);
    while (!this.fits(base, bytes)) base++;
    if (base + BYTES >= this.taken.length) this.enlarge(base + BYTES);
    this.bases[base] = 1;
    for (const byte of bytes) this.taken[base + byte] = 1;
    this.size = Math.max(this.size, base + BYTES);
    return base;
  }

  private fits(base: number, bytes: readonly number[]): boolean {
    if (this.bases[base] === 1) return false;
    for (const byte of bytes) if (this.taken[base + byte] === 1) return false;
    return true;
  }

  private enlarge(least: number): void {
    [this.taken, this.bases] = [this.taken, this.bases].map((before) => {
      const after = new Uint8Array(2 * least);
      after.set(before);
      return after;
    }) as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
  }
}

/** Gives every node its base, the root first. */
const settle = (root: EdgeNode): { nodes: EdgeNode[]; size: number } => {
  const places = new EdgePlaces();
  const nodes = [root];
  for (const node of nodes) {
    node.base = places.take(node.children.map(({ byte }) => byte));
    for (const child of node.children) if (child.node) nodes.push(child.node);
  }
  return { nodes, size: places.size };
};

/** A tree of the bytes literals begin with (step 1) or end with (-1), as assembly/edges.ts walks it. */
export const writeEdges = (image: Image, found: readonly Literal[], step: 1 | -1): number => {
  const literals = found.filter(({ bytes }) => bytes.length > 0);
  if (literals.length === 0) return 0;
  const root = treeOf(literals, step);
  const { nodes, size } = settle(root);
  const at = image.allocate(STEP * (size + 1));
  const placeOf = (node: EdgeNode | undefined): number => (node ? at + STEP * node.base : 0);
  for (const node of nodes) {
    for (const { byte, atom, tail, node: next } of node.children) {
      const tailAt = tail ? writeLiteral(image, tail) : 0;
      image.set(placeOf(node) + STEP * byte, placeOf(node), placeOf(next), atom);
      image.setWord(placeOf(node) + STEP * byte + 12, tailAt);
    }
  }
  return image.putWords([placeOf(root)]);
};
