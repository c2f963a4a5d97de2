/**
 * Expressions for an engine that never backtracks (RE2, in JavaScript), with JavaScript's meaning: code units, its
 * classes, its folding of case. Surrogates, which that engine would join, become characters of the private area, in
 * expressions and texts alike.
 */
import { RE2JS } from 're2js';
import { inAnyCase, SHORTHANDS, type Range } from './character-classes.js';
import { repetitionOf, TOKEN, type Repetition } from './tokens.js';

const MAX_REPEAT = 1_000;
const LONG_TOKEN = new RegExp(`\\\\x[0-9a-fA-F]{2}|\\\\u[0-9a-fA-F]{4}|\\(\\?<[A-Za-z_]\\w*>|${TOKEN.source}`, 'g');
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };
const SURROGATE = /[\ud800-\udfff]/g;
const SHIFT = 0x800;

/**
 * The same expression for the other engine; undefined for what it cannot say: looking around, referring back, lines.
 */
export const linearSource = (body: string, flags: string): string | undefined => {
  let source = '';
  for (const token of body.match(LONG_TOKEN) ?? []) {
    const part = partOf(token, flags);
    if (part === undefined) return undefined;
    source += part;
  }
  return source;
};

const partOf = (token: string, flags: string): string | undefined => {
  if (/^(?:[|)]|\\[bB])$/.test(token)) return token;
  if (/^\((?:\?:|\?<\w+>)?$/.test(token)) return '(?:';
  if (token.startsWith('(')) return undefined;
  if (token === '^' || token === '$') return flags.includes('m') ? undefined : token;
  if (token === '.') return flags.includes('s') ? '(?s:.)' : '[^\\n]';
  const repetition = repetitionOf(token);
  if (repetition) return isWithin(repetition) ? token : undefined;
  if (token.startsWith('[') && token.length > 1) return classOf(token, flags);
  if (token.startsWith('{')) return [...token].map((char) => written([unitRange(char.charCodeAt(0))], false)).join('');
  const ranges = rangesOf(token);
  return ranges && written(flags.includes('i') ? inAnyCase(ranges) : ranges, false);
};

const isWithin = ({ least, most }: Repetition): boolean =>
  least <= MAX_REPEAT && (most <= MAX_REPEAT || most === Infinity);

const unitRange = (unit: number): Range => [unit, unit];

/** One character or one escape; undefined when it is neither. */
const rangesOf = (token: string): readonly Range[] | undefined => {
  if (token.length === 1) return [unitRange(token.charCodeAt(0))];
  const letter = token[1] ?? '';
  if (/^\\[xu][0-9a-fA-F]+$/.test(token)) return [unitRange(Number.parseInt(token.slice(2), 16))];
  if (token.length > 2 || /[0-9ckxupP]/.test(letter)) return undefined;
  return SHORTHANDS[letter] ?? [unitRange(CONTROLS[letter] ?? letter.charCodeAt(0))];
};

const MEMBER = /\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\s\S]|[\s\S]/g;

/** `[]a]` and `[^]` mean different things to different engines. */
const classOf = (token: string, flags: string): string | undefined => {
  const [, negated, content = ''] = /^\[(\^?)([^]*)\]$/.exec(token) ?? [];
  if (content === '' || content.startsWith(']')) return undefined;
  const ranges = membersOf(content.match(MEMBER) ?? []);
  return ranges && written(flags.includes('i') ? inAnyCase(ranges) : ranges, negated === '^');
};

const membersOf = (members: readonly string[]): Range[] | undefined => {
  const ranges: Range[] = [];
  for (let i = 0; i < members.length; i++) {
    const isSpan = members[i + 1] === '-' && i + 2 < members.length;
    const found = isSpan ? spanOf(members[i]!, members[i + 2]!) : memberOf(members[i]!);
    if (!found) return undefined;
    ranges.push(...found);
    if (isSpan) i += 2;
  }
  return ranges;
};

const spanOf = (first: string, last: string): readonly Range[] | undefined => {
  const [from, to] = [memberOf(first), memberOf(last)];
  return from && to && isUnit(from) && isUnit(to) && from[0][0] <= to[0][0] ? [[from[0][0], to[0][0]]] : undefined;
};

const memberOf = (member: string): readonly Range[] | undefined =>
  member === '\\b' ? [unitRange(8)] : rangesOf(member);
const isUnit = (ranges: readonly Range[]): ranges is readonly [Range] =>
  ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1];

const written = (ranges: readonly Range[], negated: boolean): string =>
  `[${negated ? '^' : ''}${ranges
    .flatMap(shifted)
    .map(([from, to]) => `\\x{${from.toString(16)}}-\\x{${to.toString(16)}}`)
    .join('')}]`;

/** A range without the surrogates in it, which follow as what stands for them. */
const shifted = ([from, to]: Range): Range[] => {
  const [start, end] = [Math.max(from, 0xd800), Math.min(to, 0xdfff)];
  if (start > end) return [[from, to]];
  const parts: Range[] = [
    [from, start - 1],
    [start + SHIFT, end + SHIFT],
    [end + 1, to],
  ];
  return parts.filter(([first, last]) => first <= last);
};

/**
 * Engines keep what they have learnt, up to eight megabytes each: so many of them do, those asked last, whatever the
 * number of rules and sets.
 */
const MOST_ENGINES = 32;
const engines = new Map<string, RE2JS>();

const engineFor = (source: string): RE2JS => {
  const engine = engines.get(source) ?? RE2JS.compile(source);
  engines.delete(source);
  engines.set(source, engine);
  for (const oldest of engines.keys()) {
    if (engines.size <= MOST_ENGINES) break;
    engines.delete(oldest);
  }
  return engine;
};

/** How many engines there are now. */
export const enginesHeld = (): number => engines.size;

/**
 * Finds an expression made by linearSource in time proportional to the text.
 * @throws when it is too large for the engine
 */
export const linearSearch = (source: string): ((text: string) => boolean) => {
  engineFor(source);
  return (text) =>
    engineFor(source).test(text.replace(SURROGATE, (unit) => String.fromCharCode(unit.charCodeAt(0) + SHIFT)));
};
