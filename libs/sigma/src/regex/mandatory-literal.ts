/**
 * A literal without which a regular expression cannot match, or '' when none is certain: the longest run of plain
 * characters outside groups and alternatives, none of them quantified. Searching for it first keeps costly expressions
 * away from most texts.
 */
export const mandatoryLiteral = (tokens: readonly string[]): string => {
  let depth = 0;
  let run = '';
  let best = '';
  const flush = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  for (const [index, token] of tokens.entries()) {
    if ((depth === 0 && token === '|') || goesOn(token, tokens[index + 1])) return '';
    if (token.startsWith('(')) depth++;
    if (token === ')') depth--;
    const char = depth === 0 ? plain(token) : undefined;
    if (char === undefined || isQuantifier(tokens[index + 1])) flush();
    else run += char;
  }
  flush();
  return best;
};

/** Escapes that go on in the next tokens: codes, names, references of several digits. */
const goesOn = (token: string, next = ''): boolean =>
  /^\\[xucpPk0]/.test(token) || (/^\\[1-9]/.test(token) && /^\d/.test(next));

const isQuantifier = (token: string | undefined): boolean =>
  token !== undefined && /^(?:[*+?]|\{\d*,?\d*\})/.test(token);

/** ASCII only: other letters have case variants that differ between expressions and our folding. */
const plain = (token: string): string | undefined => {
  if (/^[\x20-\x7e]$/.test(token) && !/[.^$|()[\]{}*+?\\]/.test(token)) return token;
  return /^\\[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$/.test(token) ? token[1] : undefined;
};
