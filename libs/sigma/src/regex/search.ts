/**
 * Sigma's regular expressions (a PCRE subset) as JavaScript's.
 * Rules come from tenants, so no test may take long: an expression goes to JavaScript's engine, which backtracks, only
 * for texts short enough that it cannot take more than QUICK steps, and to one that never backtracks otherwise. What
 * that one cannot say (looking around, referring back) reads as much as SLOWEST steps allow, or is refused.
 * A literal no match can do without is sought first, in the whole text; of texts longer than may be read, what stands
 * around it is (`windows.ts`). `.*` and `.+` become lazy and `(?:.*x)+` becomes `.*x`: the same truth, less
 * backtracking.
 */
import { RuleProblem } from '../errors.js';
import { costOf, type RegexCost } from './cost.js';
import { linearSearch, linearSource } from './linear.js';
import { mandatoryLiteral } from './mandatory-literal.js';
import { TOKEN } from './tokens.js';
import { windowed, type Search, type WindowedExpression } from './windows.js';

export type { Search } from './windows.js';

/** Characters that are read of one text at most, by the dearest expressions fewer. */
export const MAX_TEXT = 2 ** 20;
/** log2 of steps: about a millisecond, and about a tenth of a second. */
const QUICK = 20;
const SLOWEST = 26;
const LEAST_TEXT = 1_024;
const MAX_SIZE = 2_000;
/** Instructions times characters that the other engine may have to walk through at worst: a few tenths of a second. */
const LONGEST_WALK = 2 ** 25;

const NOT_OURS = /^\\(?:[AZzGKRXQEhHN]|x\{|p\{|P\{|g\{)/;

const INLINE_FLAGS = /^\(\?([imsx]+)\)/;

/** An expression in pieces, as it will be run. */
export const tokensOf = (source: string): string[] => simplify(source.replace(INLINE_FLAGS, '')).match(TOKEN) ?? [];

/** Compiles, or says why not. `flags`: any of i, m, s. @throws RuleProblem */
export const compileRegex = (source: string, flags: string): Search => {
  const inline = INLINE_FLAGS.exec(source);
  if (inline?.[1]?.includes('x')) throw new RuleProblem("the inline flag 'x' is not supported");
  const merged = [...new Set(flags + (inline?.[1] ?? ''))].sort().join('');
  const body = simplify(source.slice(inline?.[0].length ?? 0));
  const tokens: readonly string[] = body.match(TOKEN) ?? [];
  const regex = nativeOf(translate(tokens, merged.includes('s')), merged);
  const [literal, cost] = [mandatoryLiteral(tokens), costOf(tokens)];
  const longTexts = {
    literal,
    ignoreCase: regex.ignoreCase,
    reach: cost.degree === 0 ? cost.size : Infinity,
    begins: tokens.includes('^') && !regex.multiline,
    ends: tokens.includes('$') && !regex.multiline,
  };
  return withLiteral(regex, literal, searcher(regex, body, merged, cost, longTexts));
};

const nativeOf = (translated: string, flags: string): RegExp => {
  try {
    return new RegExp(translated, flags);
  } catch (error) {
    throw new RuleProblem(`not a valid regular expression: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const withLiteral = ({ ignoreCase }: RegExp, literal: string, search: Search): Search => {
  const needed = ignoreCase ? literal.toLowerCase() : literal;
  return (text) => (needed === '' || (ignoreCase ? text.toLowerCase() : text).includes(needed)) && search(text);
};

/** The other engine is made when a text first needs it. */
const searcher = (
  regex: RegExp,
  body: string,
  flags: string,
  cost: RegexCost,
  longTexts: Omit<WindowedExpression, 'most'>,
): Search => {
  const native: Search = (text) => regex.test(text);
  const quick = lengthFor(cost, QUICK);
  if (quick >= MAX_TEXT) return windowed(native, { ...longTexts, most: MAX_TEXT });
  if (linearSource(body, flags.replace('i', '')) === undefined)
    return windowed(native, { ...longTexts, most: leastOf(lengthFor(cost, SLOWEST)) });
  if (cost.size > MAX_SIZE)
    throw new RuleProblem('a regular expression that repeats too much: it cannot be run in linear time');
  let linear: Search | undefined;
  const long = windowed((text) => (linear ??= linearSearch(linearSource(body, flags) ?? ''))(text), {
    ...longTexts,
    most: Math.min(MAX_TEXT, Math.floor(LONGEST_WALK / cost.size)),
  });
  return (text) => (text.length <= quick ? native(text) : long(text));
};

const leastOf = (length: number): number => {
  if (length < LEAST_TEXT)
    throw new RuleProblem(
      'a regular expression that looks around or refers back may not repeat this much: it could take exponential time',
    );
  return length;
};

/** The longest text that takes no more than 2^steps. */
const lengthFor = (cost: RegexCost, steps: number): number => {
  if (cost.choices > steps) return 0;
  return Math.min(MAX_TEXT, Math.floor(2 ** ((steps - cost.choices) / (cost.degree + 1))));
};

const simplify = (source: string): string =>
  source.replace(/\((?:\?:)?\.\*(\\[^\w\s]|[^\\()[\]{}|*+?.^$])\)(?:\{1,\}|\+)/g, '.*$1').replaceAll('(?P<', '(?<');

/** Walks the tokens once: rewrites dots and quantifiers, and finds what JavaScript would read differently. */
const translate = (tokens: readonly string[], dotAll: boolean): string => {
  let out = '';
  for (const token of tokens) {
    refuseForeign(token);
    out += rewritten(token, out, dotAll);
  }
  return out;
};

const rewritten = (token: string, out: string, dotAll: boolean): string => {
  if (token === '.') return dotAll ? '[^]' : '[^\\n]';
  const afterDot = out.endsWith('[^]') || out.endsWith('[^\\n]');
  return (token === '*' || token === '+') && afterDot ? `${token}?` : token;
};

const refuseForeign = (token: string): void => {
  if (NOT_OURS.test(token)) throw new RuleProblem(`'${token}' is not part of Sigma's regular expressions`);
  if (token.startsWith('[') && /\[:\^?\w+:\]/.test(token.slice(1)))
    throw new RuleProblem('POSIX classes are not part of Sigma’s regular expressions');
  if (/^(?:[*+?]|\{\d*,?\d*\})\+$/.test(token))
    throw new RuleProblem('possessive quantifiers are not part of Sigma’s regular expressions');
  if (/^\(\?(?:>|[imsx-]+)/.test(token))
    throw new RuleProblem(`'${token}' is supported at the start of an expression only`);
};
