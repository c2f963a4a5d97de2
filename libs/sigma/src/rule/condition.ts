import { RuleProblem } from '../errors.js';
import { all, any, not, sizeOf, type Expression } from './expression.js';
import type { RuleSpending } from './spending.js';

type Selections = ReadonlyMap<string, Expression>;

/** What conditions may name. A condition is a tree: a search identifier counts as often as it is named. */
export type Scope = { selections: Selections; spent: RuleSpending; sizes: Map<Expression, number> };

type Cursor = { tokens: string[]; index: number; depth: number } & Scope;

const MAX_LENGTH = 100_000;
const MAX_TOKENS = 2_000;
const MAX_DEPTH = 50;

/** Binding, weakest first: or, and, not, `1 of` / `all of`, parentheses. */
export const readCondition = (text: string, scope: Scope): Expression => {
  if (text.includes('|')) throw new RuleProblem("aggregations after '|' are obsolete: write a correlation rule");
  if (text.length > MAX_LENGTH) throw new RuleProblem('is too long');
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  if (tokens.length === 0) throw new RuleProblem('is empty');
  if (tokens.length > MAX_TOKENS) throw new RuleProblem('is too long');
  const cursor: Cursor = { tokens, index: 0, depth: 0, ...scope };
  const expression = readOr(cursor);
  const rest = cursor.tokens[cursor.index];
  if (rest !== undefined) throw new RuleProblem(`unexpected '${rest}' after a complete condition`);
  return expression;
};

const peek = ({ tokens, index }: Cursor, ahead = 0): string | undefined => tokens[index + ahead]?.toLowerCase();

const readOr = (cursor: Cursor): Expression => readJoined(cursor, 'or', readAnd, any);
const readAnd = (cursor: Cursor): Expression => readJoined(cursor, 'and', readNot, all);

const readJoined = (
  cursor: Cursor,
  word: string,
  readPart: (cursor: Cursor) => Expression,
  join: (parts: Expression[]) => Expression,
): Expression => {
  const parts = [readPart(cursor)];
  while (peek(cursor) === word) {
    cursor.index++;
    parts.push(readPart(cursor));
  }
  return join(parts);
};

const readNot = (cursor: Cursor): Expression => {
  let negated = false;
  while (peek(cursor) === 'not') {
    negated = !negated;
    cursor.index++;
  }
  const operand = readOperand(cursor);
  return negated ? not(operand) : operand;
};

const readOperand = (cursor: Cursor): Expression => {
  const token = cursor.tokens[cursor.index];
  if (token === undefined) throw new RuleProblem('ends where a search identifier is expected');
  if (token === '(') return readParenthesis(cursor);
  if (peek(cursor, 1) === 'of' && !cursor.selections.has(token)) return readQuantified(cursor);
  cursor.index++;
  const selection = cursor.selections.get(token);
  if (selection) return referred(selection, cursor);
  if (/^(?:and|or|not|of|them|\))$/i.test(token)) throw new RuleProblem(`unexpected '${token}'`);
  throw new RuleProblem(`there is no search identifier '${token}'`);
};

const referred = (selection: Expression, { spent, sizes }: Scope): Expression => {
  const size = sizes.get(selection) ?? sizeOf(selection);
  sizes.set(selection, size);
  spent.take('Parts', size);
  return selection;
};

const readParenthesis = (cursor: Cursor): Expression => {
  cursor.index++;
  cursor.depth++;
  if (cursor.depth > MAX_DEPTH) throw new RuleProblem('parentheses are nested too deeply');
  const inner = readOr(cursor);
  if (cursor.tokens[cursor.index] !== ')') throw new RuleProblem('a parenthesis is not closed');
  cursor.index++;
  cursor.depth--;
  return inner;
};

const readQuantified = (cursor: Cursor): Expression => {
  const quantity = peek(cursor) ?? '';
  const pattern = cursor.tokens[cursor.index + 2];
  if (quantity !== '1' && quantity !== 'any' && quantity !== 'all')
    throw new RuleProblem(`'${quantity} of' is not supported: use '1 of', 'any of' or 'all of'`);
  if (pattern === undefined || /^[()]$/.test(pattern))
    throw new RuleProblem(`'${quantity} of' needs a name, a pattern or 'them'`);
  cursor.index += 3;
  const found = named(pattern, cursor);
  if (found.length === 0) throw new RuleProblem(`no search identifier fits '${pattern}'`);
  return quantity === 'all' ? all(found) : any(found);
};

/**
 * `*` fits any run of characters. Names starting with an underscore are left out unless the pattern starts with one.
 */
const named = (pattern: string, scope: Scope): Expression[] => {
  const wanted = pattern.toLowerCase() === 'them' ? '*' : pattern;
  const fits = fitting(wanted);
  const found: Expression[] = [];
  for (const [name, selection] of scope.selections)
    if (fits(name) && (wanted.startsWith('_') || !name.startsWith('_'))) found.push(referred(selection, scope));
  return found;
};

/** Its pieces lie one after the other: no way is tried twice. */
const fitting = (wanted: string): ((name: string) => boolean) => {
  const [first = '', ...rest] = wanted.split('*');
  const last = rest.pop();
  if (last === undefined) return (name) => name === wanted;
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let from = first.length;
    for (const piece of rest) {
      const at = name.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from + last.length <= name.length;
  };
};
