/**
 * The rules of one combination of logsources, ready to run on an event: atoms, an index per field, trigger lists and
 * jump code. Fields that trigger rules are read for every event, the others when a candidate asks. Made when the first
 * event of its kind arrives.
 */
import type { Expression } from '../expression.js';
import type { Accounts } from './account.js';
import type { Arena } from './arena.js';
import { ANY, Atoms, CONTAINS, EMPTY, HOST, PRESENT, WIDE_TEXT, type Atom } from './atoms.js';
import { FieldIndex, isShort } from './field-index.js';
import { formulaOf, type Formula } from './formula.js';
import { KeywordFilter } from './keyword-filter.js';
import { Marks } from './marks.js';
import { ACCEPT, Program } from './program.js';
import { triggersOf } from './triggers.js';

/** One rule to run: its place among all rules, and its condition. */
export type Runnable = { place: number; condition: Expression };

/** What a field is for the event at hand. */
export const IS_PRESENT = 1;
export const IS_EMPTY = 2;
export const HAS_TEXT = 4;

/** Where fields come from: the event's bytes, or the event parsed. */
export type FieldSource = {
  /** Tells what the field is; with `wantsText` also puts its folded texts into the arena. */
  read(field: number, name: string | null, arena: Arena, wantsText: boolean): number;
  /** False when certainly no value holds one of the keywords. */
  mayHoldKeywords(filter: KeywordFilter): boolean;
};

export type Hosts = (atom: Atom) => () => boolean;

const flatLists = (lists: readonly (readonly number[])[]): { start: Int32Array; items: Int32Array } => {
  const start = new Int32Array(lists.length + 1);
  for (const [index, list] of lists.entries()) start[index + 1] = start[index]! + list.length;
  return { start, items: Int32Array.from(lists.flat()) };
};

const grouped = (atoms: readonly Atom[], fields: number): Atom[][] => {
  const byField = Array.from({ length: fields }, (): Atom[] => []);
  for (const atom of atoms) byField[atom.field]?.push(atom);
  return byField;
};

export class Partition {
  readonly fields: readonly (string | null)[];
  private readonly marks: Marks;
  private readonly kinds: Uint8Array;
  private readonly fieldOf: Int32Array;
  private readonly isShort: Uint8Array;
  private readonly indexes: FieldIndex[];
  private readonly eager: Int32Array;
  private readonly always: Int32Array;
  private readonly code: Int32Array;
  private readonly entries: Int32Array;
  private readonly places: Int32Array;
  private readonly hosts: (() => boolean)[];
  private readonly refused: Int32Array;
  private readonly keywordField: number;
  private readonly keywords: KeywordFilter | undefined;
  private readonly readAt: Int32Array;
  private readonly shortAt: Int32Array;
  /** Per field, the atom that says its text goes beyond ASCII; -1 when nobody asks. */
  private readonly wideAtom: Int32Array;
  private readonly states: Uint8Array;
  private readonly firstText: Int32Array;
  private readonly lastText: Int32Array;
  private source!: FieldSource;

  constructor(
    rules: readonly Runnable[],
    private readonly arena: Arena,
    hostOf: Hosts,
    private readonly accounts?: Accounts,
  ) {
    const atoms = new Atoms();
    const formulas = rules.map(({ condition }) => formulaOf(condition, atoms));
    const triggers = formulas.map(triggersOf);
    const { list } = atoms;
    this.fields = atoms.fields;
    this.kinds = Uint8Array.from(list, ({ kind }) => kind);
    this.fieldOf = Int32Array.from(list, ({ field }) => field);
    this.isShort = Uint8Array.from(list, (atom) => Number(isShort(atom)));
    const byField = grouped(list, this.fields.length);
    this.indexes = byField.map((atoms) => new FieldIndex(atoms.filter(({ kind }) => kind <= CONTAINS)));
    this.hosts = list.map((atom) => (atom.kind === HOST ? hostOf(atom) : () => false));
    this.wideAtom = Int32Array.from(byField, (atoms) => atoms.find(({ kind }) => kind === WIDE_TEXT)?.id ?? -1);
    this.keywordField = this.fields.indexOf(null);
    const eager = new Set(triggers.flatMap((group) => group?.atoms.map(({ field }) => field) ?? []));
    this.keywords = eager.has(this.keywordField)
      ? KeywordFilter.of(list.filter((atom) => atom.field === this.keywordField))
      : undefined;
    this.eager = Int32Array.from(eager);
    this.always = Int32Array.from(triggers.flatMap((group, rule) => (group ? [] : [rule])));
    this.marks = this.marksOf(
      list,
      triggers.map((group) => group?.atoms ?? []),
    );
    const program = new Program(({ field }) => eager.has(field));
    this.entries = Int32Array.from(formulas, (formula: Formula) => program.add(formula));
    this.code = Int32Array.from(program.code);
    this.places = Int32Array.from(rules, ({ place }) => place);
    this.refused = new Int32Array(list.length);
    [this.readAt, this.shortAt, this.firstText, this.lastText] = [0, 1, 2, 3].map(
      () => new Int32Array(this.fields.length),
    ) as [Int32Array, Int32Array, Int32Array, Int32Array];
    this.states = new Uint8Array(this.fields.length);
  }

  private marksOf(list: readonly Atom[], groups: readonly (readonly Atom[])[]): Marks {
    const lists: number[][] = list.map(() => []);
    for (const [rule, group] of groups.entries()) for (const { id } of new Set(group)) lists[id]?.push(rule);
    const { start, items } = flatLists(lists);
    return new Marks(list.length, groups.length, start, items);
  }

  /** Rules that had to be run for the last event. */
  get candidates(): number {
    return this.marks.count;
  }

  /** The places of the rules that match, ascending. */
  run(source: FieldSource): number[] {
    this.source = source;
    if (this.marks.begin()) for (const stamps of [this.readAt, this.shortAt, this.refused]) stamps.fill(0);
    this.arena.reset();
    for (let i = 0; i < this.eager.length; i++) this.readEagerly(this.eager[i]!);
    for (let i = 0; i < this.always.length; i++) this.marks.nominate(this.always[i]!);
    const found: number[] = [];
    for (let i = 0; i < this.marks.count; i++) {
      const rule = this.marks.candidates[i]!;
      if (this.runs(rule)) found.push(this.places[rule]!);
    }
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  }

  private readEagerly(field: number): void {
    if (field !== this.keywordField || !this.keywords || this.source.mayHoldKeywords(this.keywords))
      return this.read(field);
    this.readAt[field] = this.marks.generation;
    this.firstText[field] = this.lastText[field] = 0;
  }

  private runs(rule: number): boolean {
    const entry = this.entries[rule]!;
    return this.accounts ? this.accounts.book(this.places[rule]!, () => this.accepts(entry)) : this.accepts(entry);
  }

  private accepts(entry: number): boolean {
    let at = entry;
    while (at >= 0) at = this.code[at + (this.holds(this.code[at]!) ? 1 : 2)]!;
    return at === ACCEPT;
  }

  private holds(atom: number): boolean {
    if (this.marks.holds(atom)) return true;
    const kind = this.kinds[atom]!;
    if (kind === HOST) return this.holdsOutside(atom);
    const field = this.fieldOf[atom]!;
    if (this.readAt[field] !== this.marks.generation) {
      this.read(field);
      if (kind <= WIDE_TEXT && this.marks.holds(atom)) return true;
    }
    if (kind <= WIDE_TEXT) return this.isShort[atom] === 1 && this.holdsShort(field, atom);
    return this.hasState(field, kind);
  }

  private hasState(field: number, kind: number): boolean {
    const state = this.states[field]!;
    return (
      (kind === ANY && (state & HAS_TEXT) !== 0) ||
      (kind === EMPTY && (state & IS_EMPTY) !== 0) ||
      (kind === PRESENT && (state & IS_PRESENT) !== 0)
    );
  }

  private read(field: number): void {
    this.readAt[field] = this.marks.generation;
    const index = this.indexes[field]!;
    const first = this.arena.texts;
    this.arena.hasWide = false;
    this.states[field] = this.source.read(field, this.fields[field]!, this.arena, index.readsText);
    if (this.arena.hasWide && this.wideAtom[field]! >= 0) this.marks.mark(this.wideAtom[field]!);
    this.firstText[field] = first;
    this.lastText[field] = this.arena.texts;
    index.scan(this.arena, first, this.arena.texts, this.marks);
  }

  private holdsShort(field: number, atom: number): boolean {
    if (this.shortAt[field] === this.marks.generation) return false;
    this.shortAt[field] = this.marks.generation;
    this.indexes[field]!.scanShort(this.arena, this.firstText[field]!, this.lastText[field]!, this.marks);
    return this.marks.holds(atom);
  }

  /** Asks the plain evaluator, once an event. */
  private holdsOutside(atom: number): boolean {
    if (this.refused[atom] === this.marks.generation) return false;
    if (this.hosts[atom]!()) {
      this.marks.mark(atom);
      return true;
    }
    this.refused[atom] = this.marks.generation;
    return false;
  }
}
