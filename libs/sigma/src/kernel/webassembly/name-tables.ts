/**
 * How the names of one source are found in the line: the tree written into the memory, and chains of slots for each
 * name.
 */
import { isOfEnvelope } from '../../evaluate/envelope.js';
import type { SourceMapping } from '../../types.js';
import type { Image } from './image.js';
import {
  ANY_LIST,
  ATTRIBUTE,
  ENTRY_CHILD,
  ENTRY_NODE,
  ENTRY_SIZE,
  GIVES_UP,
  LIST,
  LIST_MAY_HOLD_FIELDS,
  NODE_SIZE,
  NODE_STAMP,
  OUTSIDE,
  READING_SELECTION_COUNT,
  READING_SIZE,
  SELECTIONS_MOST,
  SLOT_SIZE,
  SLOT_STAMP,
  STRUCTURED_TEXT,
  TEXT_MAY_HOLD_FIELDS,
  VALUE,
} from './layout.js';
import { writePointers, shiftFor } from './tables.js';
import { NameTree, type NameEntry, type NameNode, type Way } from './name-tree.js';

const encoder = new TextEncoder();
const MEANS = { value: VALUE, list: LIST, attribute: ATTRIBUTE } as const;
const SPACE = 32;
const DOT = 46;
const NOTHING = 255;

export type Groups = SourceMapping['aliases'];

/** Addresses of slots, with what each stands for in the lowest bits. */
export type Chain = readonly number[];

const mask64 = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The same hash as assembly/scan.ts has. */
const hashOf = (node: number, key: Uint8Array): number => {
  const first = new DataView(new ArrayBuffer(16));
  for (const [index, byte] of key.subarray(0, 16).entries()) first.setUint8(index, byte);
  const low = mask64(first.getBigUint64(0, true) * 0x9e3779b97f4a7c15n);
  const high = mask64(first.getBigUint64(8, true) * 0x2545f4914f6cdd1dn);
  const both = mask64((low ^ (high >> 29n)) + high);
  const seed = key.length + (node << 8);
  return (Math.imul(seed ^ Number(both & 0xffffffffn), 0x2c1b3c6d) + Number(both >> 32n)) | 0;
};

export class NameTable {
  readonly at: number;
  private readonly tree: NameTree;
  private readonly slots: number;
  private readonly selections: number;

  /** Undefined for mappings whose names cannot be told along a tree. */
  static of(image: Image, mapping: SourceMapping | undefined, fields: Iterable<string>): NameTable | undefined {
    return mapping && !NameTree.fits(mapping) ? undefined : new NameTable(image, mapping, fields);
  }

  private constructor(
    private readonly image: Image,
    readonly mapping: SourceMapping | undefined,
    fields: Iterable<string>,
  ) {
    this.tree = new NameTree(mapping);
    const aliases = mapping?.aliases.flatMap(({ fields: names }) => Object.entries(names).flat(2)) ?? [];
    const wholes = Object.values(mapping?.parts ?? {}).map(({ of }) => of);
    const sought = [...fields, ...(mapping?.selectors ?? []), ...aliases, ...wholes];
    for (const name of sought) if (!isOfEnvelope(name)) this.tree.waysOf(name);
    this.tree.complete();
    this.slots = image.allocate(SLOT_SIZE * this.tree.slots);
    image.keepStamps(this.slots + SLOT_STAMP, this.tree.slots, SLOT_SIZE);
    const nodes = image.allocate(NODE_SIZE * this.tree.nodes.length);
    image.keepStamps(nodes + NODE_STAMP, this.tree.nodes.length, NODE_SIZE);
    const placeOf = (node: NameNode | undefined): number => (node ? nodes + NODE_SIZE * (node.id - 1) : 0);
    for (const node of this.tree.nodes)
      image.words.set([node.id, node.container, placeOf(node.star)], placeOf(node) >> 2);
    const { shift, at } = this.writeEntries(placeOf);
    this.selections = image.allocate(8 * SELECTIONS_MOST);
    this.at = image.allocate(READING_SIZE);
    const refused = mapping?.anyCase ? DOT : mapping?.withoutSpaces ? SPACE : NOTHING;
    image.words.set(
      [at, shift, refused, Number(mapping?.anyCase ?? false), placeOf(this.tree.nodes[0]), this.selections, 0],
      this.at >> 2,
    );
  }

  private writeEntries(placeOf: (node: NameNode | undefined) => number): { shift: number; at: number } {
    const entries = this.tree.nodes.flatMap(({ entries: own }) => [...own.values()]);
    const keys = entries.map(({ key }) => encoder.encode(key));
    const pointers = entries.map((entry, index) => this.writeEntry(entry, keys[index]!, placeOf));
    const hashes = entries.map((entry, index) => hashOf(entry.node.id, keys[index]!));
    return entries.length === 0
      ? { shift: shiftFor(0), at: this.image.allocate(128) }
      : writePointers(this.image, pointers, hashes);
  }

  private writeEntry(
    { node, slot, child, textMayHoldFields, listMayHoldFields, reshapes }: NameEntry,
    key: Uint8Array,
    placeOf: (node: NameNode | undefined) => number,
  ): number {
    const { image } = this;
    const rest = key.length > 16 ? image.putBytes(key.subarray(16)) : 0;
    const at = image.allocate(ENTRY_SIZE);
    image.bytes.set(key.subarray(0, 16), at);
    const flags =
      (textMayHoldFields ? TEXT_MAY_HOLD_FIELDS : 0) |
      (listMayHoldFields ? LIST_MAY_HOLD_FIELDS : 0) |
      (reshapes.lists ? ANY_LIST : 0) |
      (reshapes.texts ? STRUCTURED_TEXT : 0) |
      (node.star || reshapes.always ? GIVES_UP : 0);
    image.words.set([node.id, key.length], (at + ENTRY_NODE) >> 2);
    image.setWord(at + ENTRY_NODE + 8, slot < 0 ? 0 : this.slots + SLOT_SIZE * slot);
    image.words.set([placeOf(child), flags, rest], (at + ENTRY_CHILD) >> 2);
    return at;
  }

  /** Where a name is sought when just these containers are there and these aliases hold. */
  chainOf(name: string, containers: number, groups: Groups): Chain {
    // The event's own bytes have nothing under such a name.
    if (isOfEnvelope(name)) return [];
    const others = groups.flatMap(({ fields }) => (Object.hasOwn(fields, name) ? (fields[name] ?? []) : []));
    const links = [name, ...others].flatMap((one) => this.linksOf(this.tree.waysOf(one), containers));
    return Object.hasOwn(this.mapping?.parts ?? {}, name) ? [...links, OUTSIDE] : links;
  }

  private linksOf(ways: readonly Way[] | undefined, containers: number): number[] {
    if (!ways) return [OUTSIDE];
    return ways
      .filter(({ container }) => container === 0 || (containers & container) !== 0)
      .map(({ entry, means }) => (this.slots + SLOT_SIZE * entry.slot) | MEANS[means]);
  }

  /**
   * Tells the kernel how to find the selectors when just these containers are there; false when there are too many
   * combinations.
   */
  select(containers: number): boolean {
    const { image } = this;
    const count = image.word(this.at + READING_SELECTION_COUNT);
    for (let i = 0; i < count; i++) if (image.word(this.selections + 8 * i) === containers) return true;
    if (count === SELECTIONS_MOST) return false;
    const unconditional = (this.mapping?.aliases ?? []).filter(({ when }) => Object.keys(when).length === 0);
    const links = (this.mapping?.selectors ?? []).map((name) => this.chainOf(name, containers, unconditional));
    if (links.some((chain) => chain.includes(OUTSIDE))) return false;
    const chains = links.map((chain) => image.putList(chain));
    const list = image.putWords([...chains, 0]);
    image.words.set([containers, list], (this.selections + 8 * count) >> 2);
    image.setWord(this.at + READING_SELECTION_COUNT, count + 1);
    return true;
  }
}
