/** Which rules nearly matched: those that lack one selection and have another. */
import type { Expression } from '../rule/expression.js';
import type { EventView } from './event-view.js';
import { link, type Check } from './link.js';

/** Selections that hold, and those that would have to: `not x` is one that would have to hold no more. */
export type Lack = { matched: string[]; missing: string[] };

export class Nearness {
  private readonly checks = new WeakMap<Expression, Check>();

  constructor(private readonly view: EventView) {}

  /** What a condition lacks for the event in view, by the way that lacks least. */
  of(condition: Expression): Lack {
    const name = selectionOf(condition);
    if (name !== undefined)
      return this.holds(condition) ? { matched: [name], missing: [] } : { matched: [], missing: [name] };
    if (condition.kind === 'and') return joined(condition.of.map((part) => this.of(part)));
    if (condition.kind === 'or') return condition.of.map((part) => this.of(part)).reduce(better);
    if (condition.kind !== 'not' || !this.holds(condition.of)) return { matched: [], missing: [] };
    return { matched: [], missing: this.holding(condition.of).map((one) => `not ${one}`) };
  }

  /** Selections under a negation that hold. */
  private holding(expression: Expression): string[] {
    const name = selectionOf(expression);
    if (name !== undefined) return this.holds(expression) ? [name] : [];
    return expression.kind === 'and' || expression.kind === 'or'
      ? [...new Set(expression.of.flatMap((part) => this.holding(part)))]
      : ['…'];
  }

  private holds(expression: Expression): boolean {
    let check = this.checks.get(expression);
    if (!check) {
      check = link(expression, this.view);
      this.checks.set(expression, check);
    }
    return check();
  }
}

const names = new WeakMap<Expression, string | null>();

/** The one selection that all of an expression belongs to. */
const selectionOf = (expression: Expression): string | undefined => {
  let name = names.get(expression);
  if (name === undefined) {
    name = onlySelection(expression) ?? null;
    names.set(expression, name);
  }
  return name ?? undefined;
};

/**
 * `neq` makes negations inside a selection, always beside something else of it; any other negation is the condition's
 * own.
 */
const onlySelection = (expression: Expression): string | undefined => {
  if (expression.kind === 'test') return expression.selection;
  if (expression.kind === 'not' || expression.of.every(({ kind }) => kind === 'not')) return undefined;
  const [first, ...others] = expression.of.map((part) => selectionOf(part.kind === 'not' ? part.of : part));
  return others.every((one) => one === first) ? first : undefined;
};

const joined = (parts: readonly Lack[]): Lack => ({
  matched: unique(parts.flatMap(({ matched }) => matched)),
  missing: unique(parts.flatMap(({ missing }) => missing)),
});
const unique = (list: readonly string[]): string[] => [...new Set(list)];
const better = (a: Lack, b: Lack): Lack =>
  b.missing.length < a.missing.length || (b.missing.length === a.missing.length && b.matched.length > a.matched.length)
    ? b
    : a;
