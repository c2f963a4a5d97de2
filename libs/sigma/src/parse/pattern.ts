import { RuleProblem } from '../errors.js';
import type { Pattern, Piece } from '../expression.js';

export const ANY: Piece = { wildcard: '*' };
export const ONE: Piece = { wildcard: '?' };

/**
 * Sigma's escapes: `\*` and `\?` are plain, `\\` is one backslash, a backslash before anything else is itself.
 */
export const readPattern = (text: string): Pattern => {
  const pieces: Piece[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') pieces.push(literal);
    literal = '';
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const next = text[i + 1];
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next;
      i++;
    } else if (char === '*' || char === '?') {
      flush();
      pieces.push(char === '*' ? ANY : ONE);
    } else {
      literal += char;
    }
  }
  flush();
  return tidy(pieces);
};

/** Two neighbouring `*` say no more than one. */
const tidy = (pieces: readonly Piece[]): Pattern =>
  pieces.filter((piece, i) => !(isAny(piece) && isAny(pieces[i - 1])));

export const isAny = (piece: Piece | undefined): boolean => typeof piece === 'object' && piece.wildcard === '*';
export const isOne = (piece: Piece | undefined): boolean => typeof piece === 'object' && piece.wildcard === '?';

export const before = (pattern: Pattern): Pattern => tidy([ANY, ...pattern]);
export const after = (pattern: Pattern): Pattern => tidy([...pattern, ANY]);

/** The text of a pattern without wildcards. */
export const literalOf = (pattern: Pattern, modifier: string): string => {
  if (pattern.some((piece) => typeof piece !== 'string')) throw new RuleProblem(`wildcards cannot be combined with '${modifier}'`);
  return pattern.join('');
};

export const patternOf = (literal: string): Pattern => (literal === '' ? [] : [literal]);
