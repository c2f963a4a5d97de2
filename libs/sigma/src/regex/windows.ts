/**
 * Long texts for a search that may read so much of one only: where the literal stands that no match can do without, and
 * not merely where the text begins, so that padding hides nothing.
 */

/** Tells whether an expression is found in a text. */
export type Search = (text: string) => boolean;

export interface WindowedExpression {
  /** '' when no literal is certain. */
  literal: string;
  ignoreCase: boolean;
  /** Characters that may be read of one text. */
  most: number;
  /** Characters of the longest match; Infinity when it may go on. */
  reach: number;
  /** Whether it asks where a text begins or ends. */
  begins: boolean;
  ends: boolean;
}

/** The same search for texts of any length; those that are short enough it reads whole. */
export const windowed = (search: Search, expression: WindowedExpression): Search => {
  const { literal, most, begins, ends } = expression;
  return (text) => {
    if (text.length <= most) return search(text);
    if (begins) return search(text.slice(0, most));
    if (ends) return search(text.slice(-most));
    if (literal === '') return search(text.slice(0, most));
    for (const [from, to] of placesIn(text, expression)) if (search(text.slice(from, to))) return true;
    return false;
  };
};

/** Parts of a text around its literals; those that lie near each other are one. No more than may be read. */
function* placesIn(
  text: string,
  { literal, ignoreCase, most, reach }: WindowedExpression,
): Generator<[number, number]> {
  const [needle, hay] = ignoreCase ? [lowered(literal), lowered(text)] : [literal, text];
  const around = Math.min(reach, Math.floor(most / PARTS));
  let left = most;
  for (let at = hay.indexOf(needle); at >= 0 && left > 0; ) {
    const from = Math.max(0, at - around);
    let to = at;
    do {
      to = at + needle.length + around;
      at = hay.indexOf(needle, at + 1);
    } while (at >= 0 && at - around <= to && to - from < left);
    yield [from, Math.min(to, text.length)];
    left -= to - from;
  }
}

/** Where matches may go on for ever, so many places of a text are looked at. */
const PARTS = 16;

/** Lower-cased without a change of length; the letters of literals are ASCII's. */
const lowered = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
};
