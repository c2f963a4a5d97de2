import { RuleProblem } from '../errors.js';
import type { Pattern, Piece } from './expression.js';

export const ANY: Piece = { wildcard: '*' };
export const ONE: Piece = { wildcard: '?' };

/**
 * Sigma's escapes: `\*` and `\?` are plain, `\\` is one backslash, a backslash before anything else is itself.
 */
export const readPattern = (text: string): Pattern => {
  if (!/[*?]|\\\\/.test(text)) return patternOf(text);
  const pieces: Piece[] = [];
  let literal = '';
  for (const token of text.match(TOKEN) ?? []) {
    if (token !== '*' && token !== '?') {
      literal += /^\\[*?\\]$/.test(token) ? token.slice(1) : token;
      continue;
    }
    if (literal !== '') pieces.push(literal);
    literal = '';
    pieces.push(token === '*' ? ANY : ONE);
  }
  if (literal !== '') pieces.push(literal);
  return tidy(pieces);
};

const TOKEN = /\\[*?\\]|[*?\\]|[^*?\\]+/g;

/** Two neighbouring `*` say no more than one. */
const tidy = (pieces: Pattern): Pattern =>
  pieces.every((piece, i) => !(isAny(piece) && isAny(pieces[i - 1])))
    ? pieces
    : pieces.filter((piece, i) => !(isAny(piece) && isAny(pieces[i - 1])));

export const isAny = (piece: Piece | undefined): boolean => typeof piece === 'object' && piece.wildcard === '*';

export const before = (pattern: Pattern): Pattern => (isAny(pattern[0]) ? pattern : [ANY, ...pattern]);
export const after = (pattern: Pattern): Pattern => (isAny(pattern[pattern.length - 1]) ? pattern : [...pattern, ANY]);

/** The text of a pattern without wildcards. */
export const literalOf = (pattern: Pattern, modifier: string): string => {
  if (pattern.some((piece) => typeof piece !== 'string'))
    throw new RuleProblem(`wildcards cannot be combined with '${modifier}'`);
  return pattern.join('');
};

export const patternOf = (literal: string): Pattern => (literal === '' ? [] : [literal]);
