import { isUtf8 } from 'node:buffer';

const BACKSLASH = 0x5c;
const QUOTE = 0x22;

/** Where the text that opens with the quote at `from` closes: the next quote that no backslash escapes, or -1. */
export const closingQuote = (line: string, from: number): number => {
  for (let here = from + 1; here < line.length; here++) {
    const code = line.charCodeAt(here);
    if (code === BACKSLASH) here++;
    else if (code === QUOTE) return here;
  }
  return -1;
};

const ESCAPES = /(?:\\x[89a-fA-F][0-9a-fA-F])+|\\x[0-9a-fA-F]{2}|\\["\\']/g;

/**
 * A text as it was before Apache or nginx escaped it: quotes, backslashes, printable characters and whole UTF-8
 * characters. Control characters stay as the server wrote them.
 */
export const unescapedLog = (text: string): string =>
  text.includes('\\') ? text.replace(ESCAPES, (one) => (one.startsWith('\\x') ? ofBytes(one) : one.slice(1))) : text;

const ofBytes = (escaped: string): string => {
  const bytes = Buffer.from(escaped.replaceAll('\\x', ''), 'hex');
  const [first = 0] = bytes;
  if (first < 0x80) return first >= 0x20 && first < 0x7f ? String.fromCharCode(first) : escaped;
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? escaped : text;
};

const PERCENTS = /(?:%[0-9a-fA-F]{2})+/g;

/** An address with what was percent-encoded in it; what is no UTF-8 then has a character for each byte. */
export const withoutPercents = (text: string): string =>
  text.includes('%') ? text.replace(PERCENTS, (encoded) => ofPercents(encoded)) : text;

const ofPercents = (encoded: string): string => {
  const bytes = Buffer.from(encoded.replaceAll('%', ''), 'hex');
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
};
