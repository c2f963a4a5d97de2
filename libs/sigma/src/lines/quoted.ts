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

/**
 * Bytes of UTF-8, printable characters, or what is only kept apart from what it would mean: as many as follow each
 * other, for a line may be made of them alone.
 */
const ESCAPED = /((?:\\x[89a-fA-F][0-9a-fA-F])+)|((?:\\x(?:[2-6][0-9a-fA-F]|7[0-9a-eA-E]))+)|(?:\\["\\'])+/y;

/**
 * A text as it was before Apache or nginx escaped it: quotes, backslashes, printable characters and whole UTF-8
 * characters. Control characters stay as the server wrote them.
 */
export const unescapedLog = (text: string): string => {
  let [plain, from] = ['', 0];
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', ESCAPED.lastIndex)) {
    ESCAPED.lastIndex = at;
    const [whole, bytes, printable] = ESCAPED.exec(text) ?? [];
    if (whole === undefined) ESCAPED.lastIndex = at + 1;
    else {
      plain += text.slice(from, at) + (bytes ? ofBytes(bytes) : printable ? ofPrintable(printable) : ofMarks(whole));
      from = ESCAPED.lastIndex;
    }
  }
  return from === 0 ? text : plain + text.slice(from);
};

const ofMarks = (escaped: string): string =>
  escaped.length === 2 ? escaped.slice(1) : escaped.replaceAll(/\\(.)/g, '$1');

const ofPrintable = (escaped: string): string => Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString('latin1');

const ofBytes = (escaped: string): string => {
  const bytes = Buffer.from(escaped.replaceAll('\\x', ''), 'hex');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? escaped : text;
};

const PERCENT = 0x25;
/** What a character is as a digit of a hexadecimal number; -1 for none. */
const DIGITS = Int8Array.from({ length: 256 }, (_, code) =>
  /[\da-fA-F]/.test(String.fromCharCode(code)) ? parseInt(String.fromCharCode(code), 16) : -1,
);

/** An address with what was percent-encoded in it, as UTF-8. */
export const withoutPercents = (text: string): string => {
  if (!text.includes('%')) return text;
  const bytes = Buffer.from(text);
  let end = 0;
  for (let here = 0; here < bytes.length; here += 1) {
    const high = bytes[here] === PERCENT ? (DIGITS[bytes[here + 1] ?? 0] ?? -1) : -1;
    const low = high < 0 ? -1 : (DIGITS[bytes[here + 2] ?? 0] ?? -1);
    bytes[end] = low < 0 ? (bytes[here] ?? 0) : high * 16 + low;
    if (low >= 0) here += 2;
    end += 1;
  }
  return bytes.toString('utf8', 0, end);
};
