import type { JsonObject } from '../json.js';

/** A name and the text behind its `=`, up to the next name. */
type NamedText = { name: string; text: string };

/** F5 and Huawei write the first name behind a colon, H3C numbers all: `SrcIPAddr(1003)=`. */
const NAME = /(?:^(?:[A-Z]{2,8}:)?|[\s,;|>]|\(l\):)([A-Za-z_][A-Za-z0-9_.\-[\]]{0,63})(?:\(\d{1,5}\))?=/g;
const IN_TABS = /(?:^|\t)([A-Za-z_][A-Za-z0-9_.\-[\] ]{0,63})=/g;
const FEWEST = 3;
const MOST = 512;
/** Words before the first name: what it is, and when. Behind more of them, what looks like names stands in a sentence. */
const MOST_WORDS = 3;

/**
 * Fields of a text of `name=value`, in quotes where a value holds blanks, or with tabs between; undefined when there
 * are fewer than three or they do not begin with the text. Of a name that comes twice the first counts: what strangers
 * choose (addresses, programs) is written behind what the device saw.
 */
export const namedValues = (text: string): JsonObject | undefined => {
  if (!text.includes('=')) return undefined;
  const { names, isTabbed } = namesIn(text);
  const before = text.slice(0, names[0]?.index ?? 0);
  if (names.length < FEWEST || before.includes('"') || before.trim().split(/\s+/).length > MOST_WORDS) return undefined;
  const fields: JsonObject = {};
  for (const { name, text: value } of isTabbed ? cut(text, names) : valued(text, names)) {
    const plain = /^"(.*)"$/s.exec(value)?.[1] ?? value;
    if (plain !== '' && !isOurs(name) && !Object.hasOwn(fields, name)) fields[name] = plain;
  }
  return Object.keys(fields).length >= FEWEST ? fields : undefined;
};

const namesIn = (text: string): { names: RegExpExecArray[]; isTabbed: boolean } => {
  const tabbed = text.includes('\t') ? found(text, IN_TABS) : [];
  const isTabbed = tabbed.length >= FEWEST;
  return { names: isTabbed ? tabbed : found(text, NAME), isTabbed };
};

/** Names of what readers make of a line, which no line says. */
export const isOurs = (name: string): boolean => name.startsWith('derived.');

const found = (text: string, form: RegExp): RegExpExecArray[] => {
  const names: RegExpExecArray[] = [];
  for (const name of text.matchAll(form)) {
    if (names.length >= MOST) break;
    names.push(name);
  }
  return names;
};

const cut = (text: string, names: readonly RegExpExecArray[]): NamedText[] =>
  names.map((one, place) => ({
    name: one[1] ?? '',
    text: text.slice(one.index + one[0].length, names[place + 1]?.index ?? text.length).trim(),
  }));

/** Inside a value that opens with a quote, what looks like a name is none. */
const valued = (text: string, names: readonly RegExpExecArray[]): NamedText[] => {
  let quotedTo = 0;
  let isClosed = true;
  const free = names.filter((one) => {
    if (one.index < quotedTo) return false;
    const start = one.index + one[0].length;
    if (isClosed && text[start] === '"') {
      quotedTo = closing(text, start);
      isClosed = quotedTo > 0;
    }
    return true;
  });
  return cut(text, free).map(({ name, text: value }) => ({ name, text: value.replace(/[,;]$/, '') }));
};

/** Behind the quote that ends a value: one that is not escaped, with a blank, a comma, a semicolon or nothing behind. */
const closing = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1))
    if (text[at - 1] !== '\\' && /^[\s,;|]?$/.test(text[at + 1] ?? '')) return at + 1;
  return 0;
};
