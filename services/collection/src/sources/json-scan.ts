/** Where JSON values begin and end in bytes, without parsing them: slices, never copies. */
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COMMA] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c];
const RECORD_SEPARATOR = 0x1e;

export const isObjectStart = (byte: number | undefined): boolean => byte === OPEN_OBJECT;
export const isObjectEnd = (byte: number | undefined): boolean => byte === CLOSE_OBJECT;
export const isValueStart = (byte: number | undefined): boolean => byte === OPEN_OBJECT || byte === OPEN_ARRAY;

/** Besides blanks, what no JSON holds and senders put between values: NUL (a trailer of TCP) and RS (RFC 7464). */
const isVoid = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0 || byte === RECORD_SEPARATOR;

const isMark = (bytes: Buffer, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;

/** Index of the first byte from `from` on that says something: no blank, NUL, byte order mark, and no line break. */
export const skipInLine = (bytes: Buffer, from: number): number => {
  let here = from;
  while (here < bytes.length) {
    if (isVoid(bytes[here])) here += 1;
    else if (isMark(bytes, here)) here += 3;
    else break;
  }
  return here;
};

/** The same, over line breaks. */
export const skipBlank = (bytes: Buffer, from: number): number => {
  let here = skipInLine(bytes, from);
  while (bytes[here] === NEWLINE) here = skipInLine(bytes, here + 1);
  return here;
};

/** A line without what says nothing at its end. */
export const withoutEnd = (bytes: Buffer, from: number, to: number): Buffer => {
  let end = to;
  while (end > from && (isVoid(bytes[end - 1]) || bytes[end - 1] === NEWLINE)) end -= 1;
  return bytes.subarray(from, end);
};

/** Index behind the closing quote of the text that opens at `from`; JSON text holds no line breaks. ~index: none. */
const textEnd = (bytes: Buffer, from: number): number => {
  // A plain loop: texts are short, and a native search for each costs more.
  for (let here = from + 1; here < bytes.length; here += 1) {
    const byte = bytes[here];
    if (byte === BACKSLASH) here += 1;
    else if (byte === QUOTE) return here + 1;
    else if (byte === NEWLINE) return ~here;
  }
  return ~bytes.length;
};

/**
 * Index behind the value that opens at `from` with { or [. What does not close before `to`: ~index of where that was
 * seen, a negative number.
 */
export const valueEnd = (bytes: Buffer, from: number, to = bytes.length): number => {
  let depth = 0;
  for (let here = from; here < to; here += 1) {
    const byte = bytes[here];
    if (byte === QUOTE) {
      here = textEnd(bytes, here) - 1;
      if (here < 0) return here + 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return here + 1;
    }
  }
  return ~to;
};

/** Elements of the array that opens at `from`, `most` of them. */
export const elements = (bytes: Buffer, from = 0, most = Infinity): Buffer[] => {
  const found: Buffer[] = [];
  let here = skipBlank(bytes, from + 1);
  while (here < bytes.length && bytes[here] !== CLOSE_ARRAY && found.length < most) {
    const end = elementEnd(bytes, here, CLOSE_ARRAY);
    found.push(withoutEnd(bytes, here, end));
    here = skipBlank(bytes, end);
    if (bytes[here] === COMMA) here = skipBlank(bytes, here + 1);
  }
  return found;
};

/** Index behind a value of any sort in an array or object that closes with `close`; in an array always behind `from`. */
const elementEnd = (bytes: Buffer, from: number, close: number): number => {
  if (isValueStart(bytes[from]) || bytes[from] === QUOTE) {
    const end = bytes[from] === QUOTE ? textEnd(bytes, from) : valueEnd(bytes, from);
    return end < 0 ? bytes.length : end;
  }
  let here = close === CLOSE_ARRAY ? from + 1 : from;
  while (here < bytes.length && bytes[here] !== COMMA && bytes[here] !== close) here += 1;
  return here;
};

/** Which of some names the object at the beginning has as members of its own. @param lengths of the names. */
export const namesAmong = (bytes: Buffer, names: ReadonlySet<string>, lengths: ReadonlySet<number>): string[] => {
  const found: string[] = [];
  let here = skipBlank(bytes, 1);
  while (bytes[here] === QUOTE) {
    const end = textEnd(bytes, here);
    if (end < 0) break;
    // Of most names no text is made.
    const name = lengths.has(end - here - 2) ? bytes.toString('latin1', here + 1, end - 1) : '';
    if (names.has(name)) found.push(name);
    here = skipBlank(bytes, elementEnd(bytes, skipBlank(bytes, skipBlank(bytes, end) + 1), CLOSE_OBJECT));
    if (bytes[here] === COMMA) here = skipBlank(bytes, here + 1);
  }
  return found;
};

/** Where the array under `key` of the object at the beginning opens, or -1. Only the object's own keys are looked at. */
export const arrayUnder = (bytes: Buffer, key: string): number => {
  const wanted = Buffer.from(JSON.stringify(key));
  let here = skipBlank(bytes, 1);
  while (bytes[here] === QUOTE) {
    const end = textEnd(bytes, here);
    if (end < 0) return -1;
    const name = bytes.subarray(here, end);
    const value = skipBlank(bytes, skipBlank(bytes, end) + 1);
    if (name.equals(wanted)) return bytes[value] === OPEN_ARRAY ? value : -1;
    here = skipBlank(bytes, elementEnd(bytes, value, CLOSE_OBJECT));
    if (bytes[here] === COMMA) here = skipBlank(bytes, here + 1);
  }
  return -1;
};

/** Index of a byte from an index on; Infinity for none. */
export const indexIn = (bytes: Buffer, byte: number, from: number): number => {
  const found = bytes.indexOf(byte, from);
  return found === -1 ? Infinity : found;
};
