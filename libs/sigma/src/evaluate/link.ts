/**
 * The naive evaluator: an expression becomes a function of the event in view. Texts are folded and patterns prepared
 * here, once; alternatives on one field are joined into one test; in an AND, cheap parts go first (the truth is the
 * same in any order).
 */
import type { Expression, Leaf } from '../rule/expression.js';
import type { Cell, EventView } from './event-view.js';
import { shapeOf } from './glob.js';
import { containsAny, linkTest, someText, textTest, type CellTest } from './field-tests.js';
import { fold, formOf } from './text.js';

export type Check = () => boolean;

export const link = (expression: Expression, view: EventView): Check => {
  switch (expression.kind) {
    case 'and':
      return every([...expression.of].sort((a, b) => cost(a) - cost(b)).map((part) => link(part, view)));
    case 'or':
      return some(linkAlternatives(expression.of, view));
    case 'not': {
      const part = link(expression.of, view);
      return () => !part();
    }
    default:
      return linkLeaf(expression, view);
  }
};

const every = (checks: Check[]): Check => {
  const [first, second] = checks;
  if (checks.length === 2 && first && second) return () => first() && second();
  return () => {
    for (const check of checks) if (!check()) return false;
    return true;
  };
};

const some = (checks: Check[]): Check => {
  const [only, second] = checks;
  if (checks.length === 1 && only) return only;
  if (checks.length === 2 && only && second) return () => only() || second();
  return () => {
    for (const check of checks) if (check()) return true;
    return false;
  };
};

export const linkLeaf = ({ field, test }: Leaf, view: EventView): Check => {
  if (field !== null) return onCell(view.slot(field), linkTest(test, view), view);
  const { form, holds } = textTest(test, view);
  return () => view.keywordTexts(form).some(holds);
};

const onCell =
  (cell: Cell, test: CellTest, view: EventView): Check =>
  () =>
    test(view.current(cell));

type Literals = { equals: Set<string>; startswith: string[]; endswith: string[]; contains: string[] };

/** Plain alternatives on the same field and folding become one test over lists of literals. */
const linkAlternatives = (parts: readonly Expression[], view: EventView): Check[] => {
  const groups = new Map<string, { leaf: Leaf; form: number; literals: Literals }>();
  const rest: Expression[] = [];
  for (const part of parts) {
    if (!(part.kind === 'test' && part.field !== null && part.test.kind === 'pattern')) {
      rest.push(part);
      continue;
    }
    const form = formOf(part.test.folding);
    const shape = shapeOf(part.test.pattern, (text) => fold(text, form));
    if (shape.kind === 'glob' || shape.kind === 'anything') {
      rest.push(part);
      continue;
    }
    const key = `${form} ${part.field}`;
    const group = groups.get(key) ?? {
      leaf: part,
      form,
      literals: { equals: new Set(), startswith: [], endswith: [], contains: [] },
    };
    groups.set(key, group);
    if (shape.kind === 'equals') group.literals.equals.add(shape.literal);
    else group.literals[shape.kind].push(shape.literal);
  }
  const joined = [...groups.values()].map(({ leaf, form, literals }) =>
    onCell(view.slot(leaf.field ?? ''), anyLiteral(literals, form), view),
  );
  return [...joined, ...rest.sort((a, b) => cost(a) - cost(b)).map((part) => link(part, view))];
};

const anyLiteral = ({ equals, startswith, endswith, contains }: Literals, form: number): CellTest => {
  const edges = someText({
    form,
    holds: (text) => {
      if (equals.size > 0 && equals.has(text)) return true;
      for (const literal of startswith) if (text.startsWith(literal)) return true;
      for (const literal of endswith) if (text.endsWith(literal)) return true;
      return false;
    },
  });
  if (contains.length === 0) return edges;
  const inside = containsAny(contains, form);
  return equals.size + startswith.length + endswith.length === 0 ? inside : (cell) => edges(cell) || inside(cell);
};

/** A rough price: what decides quickly goes first. */
const cost = (expression: Expression): number => {
  if (expression.kind === 'not') return cost(expression.of) + 1;
  if (expression.kind !== 'test') return expression.of.reduce((sum, part) => sum + cost(part), 0);
  if (expression.field === null) return 1_000;
  if (expression.test.kind === 'regex') return 50;
  if (expression.test.kind !== 'pattern') return 1;
  const literal = expression.test.pattern;
  const contains =
    literal.length > 1 && typeof literal[0] === 'object' && typeof literal[literal.length - 1] === 'object';
  return contains ? 5 : 2;
};
