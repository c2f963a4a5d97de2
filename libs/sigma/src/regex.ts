/**
 * Sigma's regular expressions (a PCRE subset) as JavaScript's.
 * Guards, since rules come from tenants: text is read up to MAX_TEXT characters; `.*` and `.+` become lazy (the same truth,
 * less backtracking); `(?:.*x)+` becomes `.*x` (the same language); any other unbounded repetition inside an unbounded
 * repetition, whose cost can be exponential, is refused with a reason. A literal no match can do without is searched first.
 */
import { RuleProblem } from './errors.js';
import { mandatoryLiteral } from './regex-literal.js';

export const MAX_TEXT = 32_768;

const NOT_OURS = /^\\(?:[AZzGKRXQEhHN]|x\{|p\{|P\{|g\{)/;

/** Tells whether the expression is found within the first MAX_TEXT characters. */
export type Search = (text: string) => boolean;

const INLINE_FLAGS = /^\(\?([imsx]+)\)/;

/** A literal (ASCII, as written) without which the expression is found in no text, whatever the case of its letters; '' when none is certain. */
export const mandatoryOf = (source: string): string => mandatoryLiteral(simplify(source.replace(INLINE_FLAGS, '')).match(TOKEN) ?? []);

/** Compiles, or says why not. `flags`: any of i, m, s. */
export const compileRegex = (source: string, flags: string): Search => {
  const inline = INLINE_FLAGS.exec(source);
  if (inline?.[1]?.includes('x')) throw new RuleProblem("the inline flag 'x' is not supported");
  const merged = [...new Set(flags + (inline?.[1] ?? ''))].sort().join('');
  const body = simplify(source.slice(inline?.[0].length ?? 0));
  const tokens = body.match(TOKEN) ?? [];
  const translated = translate(tokens, merged.includes('s'));
  try {
    return searcher(new RegExp(translated, merged), mandatoryLiteral(tokens));
  } catch (error) {
    throw new RuleProblem(`not a valid regular expression: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const searcher = (regex: RegExp, literal: string): Search => {
  const needed = regex.ignoreCase ? literal.toLowerCase() : literal;
  return (text) => {
    const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
    if (needed !== '' && !(regex.ignoreCase ? bounded.toLowerCase() : bounded).includes(needed)) return false;
    return regex.test(bounded);
  };
};

const simplify = (source: string): string =>
  source.replace(/\((?:\?:)?\.\*(\\[^\w\s]|[^\\()[\]{}|*+?.^$])\)(?:\{1,\}|\+)/g, '.*$1').replaceAll('(?P<', '(?<');

const TOKEN = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|(?:[*+?]|\{\d*,?\d*\})[?+]?|\(\?[:=!<>imsx-]*|[\s\S]/g;

type Group = { repeats: boolean };

/** Walks the tokens once: rewrites dots and quantifiers, and finds what JavaScript would read differently. */
const translate = (tokens: readonly string[], dotAll: boolean): string => {
  const open: Group[] = [{ repeats: false }];
  let closed: Group | undefined;
  let out = '';
  for (const token of tokens) {
    refuseForeign(token);
    const unbounded = /^(?:[*+]|\{\d+,\})/.test(token);
    if (unbounded && closed?.repeats) throw new RuleProblem('an unbounded repetition inside an unbounded repetition can take exponential time');
    if (unbounded) last(open).repeats = true;
    closed = undefined;
    if (token.startsWith('(')) open.push({ repeats: false });
    if (token === ')' && open.length > 1) {
      closed = open.pop();
      if (closed?.repeats) last(open).repeats = true;
    }
    out += rewritten(token, out, dotAll);
  }
  return out;
};

const last = (groups: Group[]): Group => groups[groups.length - 1] ?? { repeats: false };

const rewritten = (token: string, out: string, dotAll: boolean): string => {
  if (token === '.') return dotAll ? '[^]' : '[^\\n]';
  const afterDot = out.endsWith('[^]') || out.endsWith('[^\\n]');
  return (token === '*' || token === '+') && afterDot ? `${token}?` : token;
};

const refuseForeign = (token: string): void => {
  if (NOT_OURS.test(token)) throw new RuleProblem(`'${token}' is not part of Sigma's regular expressions`);
  if (token.startsWith('[') && /\[:\^?\w+:\]/.test(token.slice(1))) throw new RuleProblem('POSIX classes are not part of Sigma’s regular expressions');
  if (/^(?:[*+?]|\{\d*,?\d*\})\+$/.test(token)) throw new RuleProblem('possessive quantifiers are not part of Sigma’s regular expressions');
  if (/^\(\?(?:>|[imsx-]+)/.test(token)) throw new RuleProblem(`'${token}' is supported at the start of an expression only`);
};
