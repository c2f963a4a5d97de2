/** One token of STIX's pattern language: a path, a text (its escapes undone), a keyword, a sign or another literal. */
export type PatternToken =
  | { kind: 'path'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'word'; text: string };

/** Blanks and comments; a path; a text; times and bytes as literals; numbers; words; signs. */
const TOKEN =
  /(?:[\s\u200b]+|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*)|([a-z][a-z0-9-]*:(?:\w+|'(?:[^'\\]|\\.)*')(?:\.(?:\w+|'(?:[^'\\]|\\.)*')|\[(?:\d+|\*)\])*)|([thb]?'(?:[^'\\]|\\[^])*')|([A-Z]+\b|true\b|false\b|[-+]?\d+(?:\.\d+)?|[[\](),]|<=|>=|!=|<>|==|[=<>])/gy;

/** undefined where a text is no pattern. */
export const tokensOfPattern = (pattern: string): PatternToken[] | undefined => {
  const tokens: PatternToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    const found = TOKEN.exec(pattern);
    if (!found) return undefined;
    const [, path, text, word] = found;
    if (path !== undefined) tokens.push({ kind: 'path', text: path });
    else if (text?.startsWith("'")) tokens.push({ kind: 'text', text: unescaped(text) });
    else if (text ?? word) tokens.push({ kind: 'word', text: text ?? word ?? '' });
  }
  return tokens;
};

const unescaped = (quoted: string): string => quoted.slice(1, -1).replace(/\\([^])/g, '$1');
