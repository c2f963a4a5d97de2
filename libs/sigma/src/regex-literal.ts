/**
 * A literal without which a regular expression cannot match, or '' when none is certain: the longest run of plain characters outside
 * groups and alternatives, none of them quantified. Searching for it first keeps costly expressions away from most texts.
 */
export const mandatoryLiteral = (tokens: readonly string[]): string =>
  mandatoryLiterals(tokens).reduce((best, run) => (run.length > best.length ? run : best), '');

/** All such runs. */
export const mandatoryLiterals = (tokens: readonly string[]): string[] => {
  let depth = 0;
  let run = '';
  const runs: string[] = [];
  const flush = (): void => {
    if (run !== '') runs.push(run);
    run = '';
  };
  for (const [index, token] of tokens.entries()) {
    if (depth === 0 && token === '|') return [];
    if (token.startsWith('(')) depth++;
    if (token === ')') depth--;
    const char = depth === 0 ? plain(token) : undefined;
    if (char === undefined || isQuantifier(tokens[index + 1])) flush();
    else run += char;
  }
  flush();
  return runs;
};

const isQuantifier = (token: string | undefined): boolean => token !== undefined && /^(?:[*+?]|\{\d*,?\d*\})/.test(token);

/** ASCII only: other letters have case variants that differ between expressions and our folding. */
const plain = (token: string): string | undefined => {
  if (/^[\x20-\x7e]$/.test(token) && !/[.^$|()[\]{}*+?\\]/.test(token)) return token;
  return /^\\[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$/.test(token) ? token[1] : undefined;
};
