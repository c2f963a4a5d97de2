/**
 * A rule's condition over atoms. Patterns become atoms on folded bytes, `windash` the alternatives it stands for; what
 * only the plain evaluator can tell (expressions, networks, inner wildcards, cased text…) is one host atom, behind a
 * literal it cannot do without.
 */
import type { Expression, Leaf, Test } from '../../rule/expression.js';
import { shapeOf, type Segment } from '../../evaluate/glob.js';
import { fold, formOf, isWellFormed, lower } from '../../evaluate/text.js';
import { tokensOf } from '../../regex/search.js';
import {
  ANY,
  CONTAINS,
  EMPTY,
  ENDSWITH,
  EQUALS,
  PRESENT,
  STARTSWITH,
  WIDE_TEXT,
  type Atom,
  type Atoms,
  type TextKind,
} from './atoms.js';
import { needsOf, type Needs } from './required-text.js';

export type Formula =
  | { kind: 'and' | 'or'; of: Formula[] }
  | { kind: 'not'; of: Formula }
  | { kind: 'atom'; atom: Atom }
  | { kind: 'constant'; value: boolean };

const KINDS = { equals: EQUALS, startswith: STARTSWITH, endswith: ENDSWITH, contains: CONTAINS } as const;
const LOWER = 1;
const LOWER_DASHES = 3;
const DASHES = ['-', '/', '–', '—', '―'];
const MAX_DASHES = 2;
const SHORTEST_GUARD = 4;
const LENGTH_WORTH_A_GUARD = 24;

export const formulaOf = (expression: Expression, atoms: Atoms): Formula => {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { kind: expression.kind, of: expression.of.map((part) => formulaOf(part, atoms)) };
    case 'not':
      return { kind: 'not', of: formulaOf(expression.of, atoms) };
    default:
      return leafFormula(expression, atoms);
  }
};

const atomic = (atom: Atom): Formula => ({ kind: 'atom', atom });
const host = (leaf: Leaf, atoms: Atoms): Formula => atomic(atoms.host(leaf));

const leafFormula = (leaf: Leaf, atoms: Atoms): Formula => {
  const { field, test } = leaf;
  switch (test.kind) {
    case 'pattern':
      return patternFormula(leaf, test, atoms);
    case 'boolean':
      return atomic(atoms.text(field, EQUALS, String(test.value)));
    case 'number':
      return numberFormula(leaf, test, atoms);
    case 'null':
      return field === null ? host(leaf, atoms) : atomic(atoms.state(field, EMPTY));
    case 'exists':
      return field === null ? host(leaf, atoms) : existsFormula(atomic(atoms.state(field, PRESENT)), test.expected);
    case 'regex':
      return guarded(needsOf(tokensOf(test.source)), leaf, atoms);
    case 'fieldref':
      return field !== null && test.placement === 'equals' && formOf(test.folding) === LOWER
        ? atomic(atoms.sameText(field, test.field))
        : host(leaf, atoms);
    case 'never':
      return { kind: 'constant', value: false };
    default:
      return host(leaf, atoms);
  }
};

/** What is written in another way is told apart from the number by the plain evaluator. */
const numberFormula = (leaf: Leaf, { value, written }: Extract<Test, { kind: 'number' }>, atoms: Atoms): Formula => {
  const text = String(value);
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return host(leaf, atoms);
  const equal = atomic(atoms.text(leaf.field, EQUALS, text));
  if (written === undefined) return equal;
  const either: Formula = { kind: 'or', of: [equal, atomic(atoms.text(leaf.field, EQUALS, written))] };
  return { kind: 'and', of: [either, host(leaf, atoms)] };
};

const existsFormula = (present: Formula, expected: boolean): Formula =>
  expected ? present : { kind: 'not', of: present };

const patternFormula = (
  leaf: Leaf,
  { pattern, folding }: Extract<Test, { kind: 'pattern' }>,
  atoms: Atoms,
): Formula => {
  const form = formOf(folding);
  const shape = shapeOf(pattern, (text) => fold(text, form));
  if (shape.kind === 'anything') return atomic(atoms.state(leaf.field, ANY));
  if (shape.kind === 'glob')
    return form === LOWER ? guarded(needsOfGlob(shape.segments), leaf, atoms) : host(leaf, atoms);
  if (!isWellFormed(shape.literal)) return host(leaf, atoms);
  const kind = KINDS[shape.kind];
  if (form === LOWER) return literalFormula(leaf.field, kind, shape.literal, atoms);
  const parts = shape.literal.split('-');
  if (form !== LOWER_DASHES || parts.length - 1 > MAX_DASHES) return host(leaf, atoms);
  const spellings = parts
    .slice(1)
    .reduce((texts, part) => texts.flatMap((start) => DASHES.map((dash) => start + dash + part)), [parts[0] ?? '']);
  return { kind: 'or', of: spellings.map((text) => literalFormula(leaf.field, kind, text, atoms)) };
};

/**
 * A short literal is sought on demand only; one with a character beyond ASCII not before the text is known to have such
 * characters.
 */
const literalFormula = (field: string | null, kind: TextKind, literal: string, atoms: Atoms): Formula => {
  const atom = atomic(atoms.text(field, kind, literal));
  const isRare = kind === CONTAINS && /^[^]{0,3}$/.test(literal) && /[^\0-\x7f]/.test(literal);
  return isRare ? { kind: 'and', of: [atomic(atoms.state(field, WIDE_TEXT)), atom] } : atom;
};

const needsOfGlob = (segments: readonly Segment[]): Needs => {
  const longest = segments
    .flat()
    .reduce<string>((best, piece) => (piece !== null && piece.length > best.length ? piece : best), '');
  return { literals: longest.length >= SHORTEST_GUARD ? [[longest]] : [], least: 0 };
};

/** A host atom, asked only of texts that hold what no match can do without. */
const guarded = ({ literals, least }: Needs, leaf: Leaf, atoms: Atoms): Formula => {
  const holds = literals
    .filter((texts) => texts.every(isWellFormed))
    .map((texts): Formula => anyOf(texts.map((text) => atomic(atoms.text(leaf.field, CONTAINS, lower(text))))));
  const isLong =
    leaf.field !== null && least >= LENGTH_WORTH_A_GUARD ? [atomic(atoms.longText(leaf.field, least))] : [];
  return holds.length + isLong.length === 0
    ? host(leaf, atoms)
    : { kind: 'and', of: [...isLong, ...holds, host(leaf, atoms)] };
};

const anyOf = (parts: Formula[]): Formula => (parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', of: parts });
