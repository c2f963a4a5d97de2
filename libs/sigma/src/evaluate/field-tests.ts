import { compileCidr, readAddress } from './cidr.js';
import type { Folding, Pattern, Placement, Test } from '../rule/expression.js';
import type { Json } from '../types.js';
import { partOf } from './date-part.js';
import type { Cell, EventView } from './event-view.js';
import { matchesGlob, shapeOf } from './glob.js';
import { gramsOf } from './grams.js';
import { fold, formOf, lower } from './text.js';

/** Tells about one text, prepared in the form given with it. */
export type TextTest = { form: number; holds: (text: string) => boolean };
/** Tells about one field of the event in view. */
export type CellTest = (cell: Cell) => boolean;

export const linkTest = (test: Test, view: EventView): CellTest => {
  switch (test.kind) {
    case 'number':
      return numberTest(test.value, test.written);
    case 'null':
      return (cell) => cell.empty;
    case 'exists':
      return (cell) => cell.present === test.expected;
    case 'compare':
      return (cell) => cell.values.some((value) => compares(numberOf(value, test.part), test.operator, test.value));
    case 'fieldref':
      return fieldTest(view, test.field, test.placement, test.folding);
    case 'never':
      return () => false;
    case 'pattern':
      return patternOnCell(test.pattern, formOf(test.folding));
    default:
      return someText(textTest(test, view));
  }
};

const patternOnCell = (pattern: Pattern, form: number): CellTest => {
  const shape = shapeOf(pattern, (text) => fold(text, form));
  return shape.kind === 'contains'
    ? containsAny([shape.literal], form)
    : someText({ form, holds: patternTest(pattern, form) });
};

/** True when a text of the cell contains one of the literals. */
export const containsAny = (literals: readonly string[], form: number): CellTest => {
  const prepared = literals.map((literal) => ({ literal, grams: gramsOf(literal) }));
  return (cell) => {
    const texts = cell.texts(form);
    if (texts.length === 0) return false;
    const held = cell.grams(form);
    for (const { literal, grams } of prepared) {
      if (!held.mayHold(grams)) continue;
      for (const text of texts) if (text.includes(literal)) return true;
    }
    return false;
  };
};

/** The tests that look at nothing but text, which keywords may use too. */
export const textTest = (test: Test, { searches }: EventView): TextTest => {
  switch (test.kind) {
    case 'pattern':
      return { form: formOf(test.folding), holds: patternTest(test.pattern, formOf(test.folding)) };
    case 'boolean':
      return { form: 1, holds: (text) => text === String(test.value) };
    case 'regex':
      return { form: 0, holds: searches.of(test.source, test.flags) };
    case 'cidr': {
      const inside = compileCidr(test.range);
      return { form: 0, holds: (text) => insideRange(text, inside) };
    }
    case 'compare':
      return { form: 0, holds: (text) => compares(numberOf(text, test.part), test.operator, test.value) };
    case 'number':
      return { form: 1, holds: (text) => text === (test.written ?? lower(String(test.value))) };
    default:
      return { form: 0, holds: () => false };
  }
};

export const someText =
  ({ form, holds }: TextTest): CellTest =>
  (cell) => {
    for (const text of cell.texts(form)) if (holds(text)) return true;
    return false;
  };

export const patternTest = (pattern: Pattern, form: number): ((text: string) => boolean) => {
  const shape = shapeOf(pattern, (text) => fold(text, form));
  switch (shape.kind) {
    case 'equals':
      return (text) => text === shape.literal;
    case 'startswith':
      return (text) => text.startsWith(shape.literal);
    case 'endswith':
      return (text) => text.endsWith(shape.literal);
    case 'contains':
      return (text) => text.includes(shape.literal);
    case 'anything':
      return () => true;
    default:
      return (text) => matchesGlob(shape, text);
  }
};

/** Numbers are equal as numbers; a text is equal as it is written. */
const numberTest = (value: number, written?: string): CellTest => {
  if (written !== undefined)
    return (cell) =>
      cell.values.some((found) => found === value || (typeof found === 'string' && lower(found) === written));
  const text = String(value);
  return (cell) => {
    for (const found of cell.values) if (found === value || found === text) return true;
    return false;
  };
};

const insideRange = (
  text: string,
  inside: (address: NonNullable<ReturnType<typeof readAddress>>) => boolean,
): boolean => {
  const address = readAddress(text.trim());
  return address !== undefined && inside(address);
};

const numberOf = (value: Json, part: Parameters<typeof partOf>[1] | undefined): number => {
  if (part) return partOf(value, part);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
};

const compares = (found: number, operator: string, value: number): boolean => {
  if (Number.isNaN(found)) return false;
  switch (operator) {
    case 'lt':
      return found < value;
    case 'lte':
      return found <= value;
    case 'gt':
      return found > value;
    case 'gte':
      return found >= value;
    default:
      return found === value;
  }
};

const fieldTest = (view: EventView, field: string, placement: Placement, folding: Folding): CellTest => {
  const other = view.slot(field);
  const form = formOf(folding);
  const fits = {
    equals: (a: string, b: string) => a === b,
    startswith: (a: string, b: string) => a.startsWith(b),
    endswith: (a: string, b: string) => a.endsWith(b),
    contains: (a: string, b: string) => a.includes(b),
  }[placement];
  return (cell) => {
    const others = view.current(other).texts(form);
    return cell.texts(form).some((text) => others.some((one) => fits(text, one)));
  };
};
