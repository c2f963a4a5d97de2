import type { Expression, Leaf } from '../rule/expression.js';
import type { Explanation } from '../types.js';
import { Cell, type EventView } from './event-view.js';
import { link, linkLeaf } from './link.js';
import { linkTest, textTest } from './field-tests.js';
import { textOf } from './text.js';

const MAX_VALUE = 2_000;

/**
 * The parts of a condition that hold for the event in view, and with which value. What holds because something is
 * absent is left out.
 */
export const explain = (expression: Expression, view: EventView): Explanation[] => {
  const found = reasons(expression, view);
  const seen = new Set<string>();
  return found.filter((reason) => {
    const key = JSON.stringify(reason);
    return !seen.has(key) && seen.add(key);
  });
};

const reasons = (expression: Expression, view: EventView): Explanation[] => {
  if (expression.kind === 'not') return [];
  if (expression.kind === 'test') return linkLeaf(expression, view)() ? [reason(expression, view)] : [];
  const holding = expression.of.filter((part) => link(part, view)());
  if (expression.kind === 'and' && holding.length < expression.of.length) return [];
  return holding.flatMap((part) => reasons(part, view));
};

const reason = ({ selection, field, test }: Leaf, view: EventView): Explanation => {
  if (field === null) {
    const { form, holds } = textTest(test, view);
    const index = view.keywordTexts(form).findIndex(holds);
    const leaf = view.keywords()[index];
    return { selection, field: leaf?.path ?? '', value: (leaf?.text ?? '').slice(0, MAX_VALUE) };
  }
  const cell = view.current(view.slot(field));
  const check = linkTest(test, view);
  const value = cell.values.find((one) => {
    const alone = new Cell(field);
    alone.fill(-1, one);
    return check(alone);
  });
  return { selection, field, value: value === undefined ? '' : textOf(value).slice(0, MAX_VALUE) };
};
