import type { Arena } from './arena.js';
import { CONTAINS, ENDSWITH, EQUALS, STARTSWITH, type Atom } from './atoms.js';
import { EdgeIndex } from './edges.js';
import { EqualsIndex } from './equals.js';
import { GramIndex } from './grams.js';
import type { Literal } from './literal-table.js';
import type { Marks } from './marks.js';
import { ShortIndex } from './shorts.js';
import { SHORTEST_INDEXED } from './triggers.js';

type Index = { scan(text: Uint8Array, start: number, end: number, marks: Marks): void };

const literalsOf = (atoms: readonly Atom[]): Literal[] =>
  atoms.map(({ id, literal }) => ({ atom: id, bytes: literal }));

const built = (atoms: readonly Atom[], build: (literals: Literal[]) => Index): Index[] =>
  atoms.length === 0 ? [] : [build(literalsOf(atoms))];

export const isShort = ({ kind, literal }: Atom): boolean => kind === CONTAINS && literal.length < SHORTEST_INDEXED;

/** Everything some rule asks about the text of one field. */
export class FieldIndex {
  private readonly atOnce: Index[];
  private readonly onDemand: Index[];
  /** False when nothing needs the field's text. */
  readonly readsText: boolean;

  constructor(atoms: readonly Atom[]) {
    const of = (kind: number): Atom[] => atoms.filter((atom) => atom.kind === kind && !isShort(atom));
    this.atOnce = [
      ...built(of(EQUALS), (literals) => new EqualsIndex(literals)),
      ...built(of(STARTSWITH), (literals) => new EdgeIndex(literals, 1)),
      ...built(of(ENDSWITH), (literals) => new EdgeIndex(literals, -1)),
      ...built(of(CONTAINS), (literals) => new GramIndex(literals)),
    ];
    this.onDemand = built(atoms.filter(isShort), (literals) => new ShortIndex(literals));
    this.readsText = this.atOnce.length + this.onDemand.length > 0;
  }

  /** Marks what holds for the arena's texts `from` to `to` (excluded), but for short literals. */
  scan(arena: Arena, from: number, to: number, marks: Marks): void {
    this.run(this.atOnce, arena, from, to, marks);
  }

  scanShort(arena: Arena, from: number, to: number, marks: Marks): void {
    this.run(this.onDemand, arena, from, to, marks);
  }

  private run(indexes: readonly Index[], arena: Arena, from: number, to: number, marks: Marks): void {
    for (let text = from; text < to; text++) {
      for (const index of indexes) index.scan(arena.bytes, arena.starts[text]!, arena.ends[text]!, marks);
    }
  }
}
