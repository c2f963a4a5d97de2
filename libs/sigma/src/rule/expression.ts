/** A rule's condition as data: the tree every kernel reads, so that none of them parses rules again. */
import type { Comparison } from '../types.js';

/** One piece of a pattern: literal text, any run of characters, or exactly one character. */
export type Piece = string | { wildcard: '*' | '?' };
export type Pattern = readonly Piece[];

export type DatePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export type Placement = 'equals' | 'startswith' | 'endswith' | 'contains';

/** How text is compared: `cased` keeps letters apart, `dashes` makes the five dash and slash characters one. */
export type Folding = { cased: boolean; dashes: boolean };

export type Test =
  | { kind: 'pattern'; pattern: Pattern; folding: Folding }
  /** `written`: what a text must be, lower-cased, where it is not the number as JSON has it. */
  | { kind: 'number'; value: number; written?: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'null' }
  | { kind: 'exists'; expected: boolean }
  | { kind: 'regex'; source: string; flags: string }
  | { kind: 'cidr'; range: string }
  | { kind: 'compare'; operator: Comparison; value: number; part?: DatePart }
  | { kind: 'fieldref'; field: string; placement: Placement; folding: Folding }
  | { kind: 'never' };

/** `field` null: a keyword, sought in every value of the event. */
export type Leaf = { kind: 'test'; selection: string; field: string | null; test: Test };

export type Expression =
  | { kind: 'and'; of: Expression[] }
  | { kind: 'or'; of: Expression[] }
  | { kind: 'not'; of: Expression }
  | Leaf;

/** Joins, without a needless level for a single part. */
export const all = (parts: Expression[]): Expression =>
  parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', of: parts };
export const any = (parts: Expression[]): Expression =>
  parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', of: parts };
export const not = (part: Expression): Expression => ({ kind: 'not', of: part });

/** How many tests and joints a tree has, each as often as it stands in it. */
export const sizeOf = (expression: Expression): number => {
  if (expression.kind === 'test') return 1;
  return expression.kind === 'not'
    ? 1 + sizeOf(expression.of)
    : expression.of.reduce((sum, part) => sum + sizeOf(part), 1);
};
