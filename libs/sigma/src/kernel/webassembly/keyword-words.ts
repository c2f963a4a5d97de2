import { HOST, type Atom } from '../formulas/atoms.js';

/** Characters that keywords are sought by: an escape that hides one of them makes the line unusual. */
const isSearched = (code: number): boolean => /[0-9:A-Za-z _.-]/.test(String.fromCharCode(code));

/** The longest part of a keyword that JSON writes as it is, or else by escapes that the scanner tells of. */
const plainPart = (literal: Uint8Array): Uint8Array => {
  let best = literal.subarray(0, 0);
  for (let start = 0; start < literal.length; start++) {
    let end = start;
    while (end < literal.length && isSearched(literal[end]!)) end++;
    if (end - start > best.length) best = literal.subarray(start, end);
    start = Math.max(start, end);
  }
  return best;
};

/** A number's text need not be what the line says: 1e3 is 1000, 1e999 Infinity. */
const isInNumbers = (part: Uint8Array): boolean => {
  const text = String.fromCharCode(...part);
  return /^[-+.e0-9]*$/.test(text) || 'infinity'.includes(text);
};

const WIDTH = 4;

/**
 * What to look for in an event's bytes for the keywords of these atoms; undefined when some atom asks for more than
 * literals, or for one too short.
 */
export const keywordWords = (atoms: readonly Atom[]): Uint8Array[] | undefined => {
  const parts = atoms.filter(({ kind }) => kind !== HOST).map(({ literal }) => plainPart(literal));
  return parts.every((part) => part.length >= 2 * WIDTH - 1 && !isInNumbers(part)) ? parts : undefined;
};
