/** A regular expression in pieces: escapes, classes, quantifiers, openings of groups, single characters. */
export const TOKEN =
  /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|(?:[*+?]|\{\d*,?\d*\})[?+]?|\(\?(?:[:=!>]|<[=!]?|[imsx-]+)|[\s\S]/g;

export type Repetition = { least: number; most: number };

/** What a quantifier asks for; undefined for other tokens, `{,3}` among them, which JavaScript takes as text. */
export const repetitionOf = (token: string): Repetition | undefined => {
  switch (token[0]) {
    case '*':
      return { least: 0, most: Infinity };
    case '+':
      return { least: 1, most: Infinity };
    case '?':
      return { least: 0, most: 1 };
    default:
      break;
  }
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(token) ?? [];
  if (least === undefined) return undefined;
  return { least: Number(least), most: comma === '' ? Number(least) : most === '' ? Infinity : Number(most) };
};
