import { FAILSAFE_SCHEMA, load, Type, YAMLException } from 'js-yaml';
import type { Json } from '../types.js';
import { writtenNumber } from './written-number.js';

/**
 * What only the careful parser may read, each behind characters that most rules lack: anchors and tags (an alias
 * without them is an error), merge and complex keys, tabs before content, lone carriage returns, directives, `...`,
 * content beside `---`, flow collections as keys or over several lines, comments too near, keys that are null.
 */
const ODD: readonly { needs: readonly string[]; odd: RegExp }[] = [
  { needs: ['&', '!'], odd: /(?:^|[-:?,[{])[ \t]*[&!]/m },
  { needs: ['?', '<<'], odd: /(?:^|[-{,[:])[ \t]*\?(?:[\s,\]}]|$)|<</m },
  { needs: ['\t', '\r'], odd: /^ *\t|[-:?]\t|\r(?!\n)/m },
  { needs: ['\n%', '\n...', '---'], odd: /^%|^\.\.\.|^---(?!\r?$)/m },
  { needs: ['[', '{'], odd: /[\]}]\s*:(?:\s|$)/m },
  { needs: [']#', '}#', '"#', "'#"], odd: /[\]}]#|\S["']#/ },
  { needs: ['null', 'Null', 'NULL', '~'], odd: /(?:^|[{,\s])(?:[Nn]ull|NULL|~)[ \t]*:(?:[\s,\]}]|$)/m },
  { needs: [' :', '\n:', '{:', ',:', '[:'], odd: /(?:^|[-?{,[])[ \t]*:(?:[\s,\]}]|$)/m },
];
const isOdd = (text: string): boolean => {
  if (text.startsWith('%') || text.startsWith(':')) return true;
  for (const { needs, odd } of ODD) if (holdsOne(text, needs) && odd.test(text)) return true;
  return (text.includes('[') && staysOpen(text, ']', LIST)) || (text.includes('{') && staysOpen(text, '}', MAP));
};
const LIST = /(?:^|[-:])[ \t]*\[/;
const MAP = /(?:^|[-:])[ \t]*\{/;
/**
 * A flow collection that begins a value and is not closed on its line. Looked for behind the last bracket that closes:
 * an expression would look again from each that opens.
 */
const staysOpen = (text: string, closing: string, opening: RegExp): boolean => {
  for (const line of text.split(/[\n\r\u2028\u2029]/)) {
    const from = line.lastIndexOf(closing) + 1;
    const rest = from === 0 ? line : `x${line.slice(from)}`;
    const found = opening.exec(rest);
    if (found && !/['"#]/.test(line.slice(0, from) + rest.slice(from === 0 ? 0 : 1, found.index))) return true;
  }
  return false;
};
const holdsOne = (text: string, parts: readonly string[]): boolean => {
  for (const part of parts) if (text.includes(part)) return true;
  return false;
};

/** What is merely unwise (too little indentation) is refused too. */
const onWarning = (warning: Error): never => {
  throw warning;
};

const valueOf = (text: string): Json | undefined => {
  const first = text.charCodeAt(0);
  if (first >= 0x2b && first <= 0x39) {
    const number = numberOf(text);
    return number === undefined ? undefined : writtenNumber(number, text);
  }
  if (text.length > 5) return undefined;
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return undefined;
  }
};

/** From `+` to `9`: signs, the point and digits. */
const numberOf = (text: string): number | undefined => {
  if (/^[-+]?[0-9]+$/.test(text)) return Number.parseInt(text, 10);
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return Number.parseFloat(text);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : undefined;
};

/** One type for all scalars that are not text: a plain one is looked at once. */
const scalar = new Type('tag:vigie,scalar', {
  kind: 'scalar',
  resolve: (data: unknown) => typeof data === 'string' && valueOf(data) !== undefined,
  construct: (data: string) => valueOf(data),
});
const schema = FAILSAFE_SCHEMA.extend({ implicit: [scalar] });

/** Values and lines of a text's documents; undefined when the careful parser is to say. */
export const readQuickly = (text: string): { value: Json; line: number }[] | undefined => {
  if (isOdd(text)) return undefined;
  try {
    return partsOf(text).map(({ from, line }) => ({
      value: (load(from, { schema, onWarning }) ?? null) as Json,
      line: line + linesBefore(from),
    }));
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
};

const NOTHING = /^(?:[ \t]*(?:#[^\n]*)?\r?(?:\n|$))*/;

const linesBefore = (text: string): number => (NOTHING.exec(text)?.[0].match(/\n/g) ?? []).length;

/** The text between `---` lines; what stands before the first counts only when it holds something. */
const partsOf = (text: string): { from: string; line: number }[] => {
  if (!text.includes('\n---') && !text.startsWith('---')) return [{ from: text, line: 1 }];
  const parts: { from: string; line: number }[] = [];
  let line = 1;
  for (const from of text.split(/^---.*\n?/m)) {
    parts.push({ from, line });
    line += (from.match(/\n/g) ?? []).length + 1;
  }
  return NOTHING.exec(parts[0]?.from ?? '')?.[0] === parts[0]?.from ? parts.slice(1) : parts;
};
