import type { Folding } from '../rule/expression.js';
import type { Json } from '../types.js';

/**
 * The one definition of "case-insensitive" here: lower case, each character by itself (a final sigma folds as any
 * other), so that a part of a text folds as it does inside the whole. Rules and events go through the same function.
 */
export const lower = (text: string): string => {
  const folded = text.toLowerCase();
  return folded.includes('ς') ? folded.replaceAll('ς', 'σ') : folded;
};

const DASHES = /[/–—―]/g;

/** All five characters of `windash` become one: then every permutation is equal to every other. */
export const undashed = (text: string): string => text.replace(DASHES, '-');

export const FORMS = 4;

/** Which of a value's prepared forms a folding compares with. */
export const formOf = ({ cased, dashes }: Folding): number => (cased ? 0 : 1) + (dashes ? 2 : 0);

export const fold = (text: string, form: number): string => {
  const cased = form & 1 ? lower(text) : text;
  return form & 2 ? undashed(cased) : cased;
};

/** A value as text: numbers and booleans in JSON's notation, objects as JSON. */
export const textOf = (value: Json): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** A lone surrogate has no UTF-8. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
