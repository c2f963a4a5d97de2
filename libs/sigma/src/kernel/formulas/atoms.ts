import type { Leaf } from '../../rule/expression.js';

/**
 * What an atom asks of a field: the first five look at folded bytes, the next three at what the field is; the plain
 * evaluator answers the last.
 */
export const EQUALS = 0;
export const STARTSWITH = 1;
export const ENDSWITH = 2;
export const CONTAINS = 3;
/** Some text has a character beyond ASCII. No rule asks this, but literals with such characters need it. */
export const WIDE_TEXT = 4;
export const ANY = 5;
export const EMPTY = 6;
export const PRESENT = 7;
export const HOST = 8;
/** Some text of the field is some text of another one, or has so many bytes. */
export const SAME_TEXT = 10;
export const LONG_TEXT = 11;

export type TextKind = typeof EQUALS | typeof STARTSWITH | typeof ENDSWITH | typeof CONTAINS;

export type Atom = {
  id: number;
  kind: number;
  field: number;
  literal: Uint8Array;
  leaf?: Leaf;
  operand?: number;
  uses: number;
  rate?: number;
};

/** Literals shorter than this are looked for on demand only. */
const SHORTEST_INDEXED = 4;

export const isShort = ({ kind, literal }: Atom): boolean => kind === CONTAINS && literal.length < SHORTEST_INDEXED;

const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();

/**
 * The distinct questions of a set of rules: each is asked once an event, however many rules ask it. `null` as field
 * name stands for keywords.
 */
export class Atoms {
  readonly list: Atom[] = [];
  readonly fields: (string | null)[] = [];
  private readonly known = new Map<string, Atom>();
  private readonly fieldIds = new Map<string | null, number>();

  /** @param literal folded text without lone surrogates */
  text(field: string | null, kind: TextKind, literal: string): Atom {
    return this.intern(field, kind, literal, () => ({ literal: encoder.encode(literal) }));
  }

  state(field: string | null, kind: typeof WIDE_TEXT | typeof ANY | typeof EMPTY | typeof PRESENT): Atom {
    return this.intern(field, kind, '', () => ({}));
  }

  sameText(field: string, other: string): Atom {
    return this.intern(field, SAME_TEXT, other, () => ({ operand: this.fieldId(other) }));
  }

  longText(field: string, bytes: number): Atom {
    return this.intern(field, LONG_TEXT, String(bytes), () => ({ operand: bytes }));
  }

  host(leaf: Leaf): Atom {
    return this.intern(leaf.field, HOST, JSON.stringify(leaf.test), () => ({ leaf }));
  }

  private intern(field: string | null, kind: number, content: string, more: () => Partial<Atom>): Atom {
    const fieldId = this.fieldId(field);
    const key = `${kind} ${fieldId} ${content}`;
    const before = this.known.get(key);
    if (before) {
      before.uses++;
      return before;
    }
    const atom: Atom = { id: this.list.length, kind, field: fieldId, literal: NOTHING, uses: 1, ...more() };
    this.list.push(atom);
    this.known.set(key, atom);
    return atom;
  }

  private fieldId(name: string | null): number {
    let id = this.fieldIds.get(name);
    if (id === undefined) {
      id = this.fields.push(name) - 1;
      this.fieldIds.set(name, id);
    }
    return id;
  }
}
