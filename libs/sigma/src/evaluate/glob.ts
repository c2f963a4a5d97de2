import type { Pattern, Piece } from '../rule/expression.js';

/**
 * What a pattern is at heart, its literals already folded. `segments` lie between the `*`s; null in one stands for a
 * `?`.
 */
export type Shape =
  | { kind: 'equals' | 'startswith' | 'endswith' | 'contains'; literal: string }
  | { kind: 'anything' }
  | { kind: 'glob'; segments: Segment[]; open: { start: boolean; end: boolean } };
export type Segment = (string | null)[];

export const shapeOf = (pattern: Pattern, fold: (text: string) => string): Shape => {
  const isAny = (piece: Piece | undefined): boolean => typeof piece === 'object' && piece.wildcard === '*';
  const start = isAny(pattern[0]);
  const end = isAny(pattern[pattern.length - 1]);
  const inner = pattern.slice(start ? 1 : 0, end && pattern.length > 1 ? -1 : undefined);
  if (pattern.length === 1 && start) return { kind: 'anything' };
  if (inner.every((piece) => typeof piece === 'string')) {
    const literal = fold(inner.join(''));
    return { kind: start ? (end ? 'contains' : 'endswith') : end ? 'startswith' : 'equals', literal };
  }
  const segments: Segment[] = [[]];
  for (const piece of inner) {
    if (isAny(piece)) segments.push([]);
    else segments[segments.length - 1]?.push(typeof piece === 'string' ? fold(piece) : null);
  }
  return { kind: 'glob', segments, open: { start, end } };
};

/** Leftmost search for each segment in turn: no backtracking between segments. */
export const matchesGlob = (
  { segments, open }: { segments: Segment[]; open: { start: boolean; end: boolean } },
  text: string,
): boolean => {
  let from = 0;
  for (const [index, segment] of segments.entries()) {
    const isFirst = index === 0;
    const isLast = index === segments.length - 1;
    if (isLast && !open.end) return endsWith(segment, text, from, isFirst && !open.start);
    const end = isFirst && !open.start ? endOf(segment, text, from) : leftmost(segment, text, from);
    if (end < 0) return false;
    from = end;
  }
  return true;
};

/**
 * Where the segment ends when it starts at `from`; -1 when it does not fit. `?` takes a whole character, surrogate
 * pairs too.
 */
const endOf = (segment: Segment, text: string, from: number): number => {
  let position = from;
  for (const piece of segment) {
    if (piece === null) {
      if (position >= text.length) return -1;
      position += (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
    } else if (text.startsWith(piece, position)) {
      position += piece.length;
    } else {
      return -1;
    }
  }
  return position;
};

const leftmost = (segment: Segment, text: string, from: number): number => {
  const head = segment[0];
  for (let position = from; position <= text.length; position++) {
    if (typeof head === 'string') {
      position = text.indexOf(head, position);
      if (position < 0) return -1;
    }
    const end = endOf(segment, text, position);
    if (end >= 0) return end;
  }
  return -1;
};

const endsWith = (segment: Segment, text: string, from: number, anchored: boolean): boolean => {
  if (anchored) return endOf(segment, text, from) === text.length;
  const ones = segment.filter((piece) => piece === null).length;
  const shortest = segment.reduce((sum, piece) => sum + (piece === null ? 1 : piece.length), 0);
  for (let length = shortest; length <= shortest + ones; length++) {
    const start = text.length - length;
    if (start >= from && endOf(segment, text, start) === text.length && !splitsPair(text, start)) return true;
  }
  return false;
};

/** A character is never entered in its middle. */
const splitsPair = (text: string, position: number): boolean =>
  position > 0 &&
  position < text.length &&
  /[\udc00-\udfff]/.test(text[position] ?? '') &&
  /[\ud800-\udbff]/.test(text[position - 1] ?? '');
