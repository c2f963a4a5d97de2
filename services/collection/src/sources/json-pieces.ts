const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COMMA] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c];

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === NEWLINE || byte === 0x0d;

const skipBlank = (bytes: Buffer, from: number): number => {
  let here = from;
  while (here < bytes.length && isBlank(bytes[here])) here += 1;
  return here;
};

/** Index behind the closing quote of the text that opens at `from`, or -1; JSON text holds no line breaks. */
const textEnd = (bytes: Buffer, from: number): number => {
  // A plain loop: texts are short, and a native search for each costs more.
  for (let here = from + 1; here < bytes.length; here += 1) {
    const byte = bytes[here];
    if (byte === BACKSLASH) here += 1;
    else if (byte === QUOTE) return here + 1;
    else if (byte === NEWLINE) return -1;
  }
  return -1;
};

/** Index behind the value that opens at `from` with { or [, or -1 when it does not close. */
export const valueEnd = (bytes: Buffer, from: number): number => {
  let depth = 0;
  for (let here = from; here < bytes.length; here += 1) {
    const byte = bytes[here];
    if (byte === QUOTE) {
      here = textEnd(bytes, here) - 1;
      if (here < 0) return -1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return here + 1;
    }
  }
  return -1;
};

/** Elements of the array that opens at `from`, as slices. */
const elements = (bytes: Buffer, from: number, most = Infinity): Buffer[] => {
  const found: Buffer[] = [];
  let here = skipBlank(bytes, from + 1);
  while (here < bytes.length && bytes[here] !== CLOSE_ARRAY && found.length < most) {
    const end = elementEnd(bytes, here);
    found.push(bytes.subarray(here, end));
    here = skipBlank(bytes, end);
    if (bytes[here] === COMMA) here = skipBlank(bytes, here + 1);
  }
  return found;
};

const elementEnd = (bytes: Buffer, from: number): number => {
  const opens = bytes[from] === OPEN_OBJECT || bytes[from] === OPEN_ARRAY;
  const end = opens ? valueEnd(bytes, from) : bytes[from] === QUOTE ? textEnd(bytes, from) : nextMark(bytes, from);
  return end === -1 ? bytes.length : end;
};

const nextMark = (bytes: Buffer, from: number): number => {
  let here = from + 1;
  while (here < bytes.length && bytes[here] !== COMMA && bytes[here] !== CLOSE_ARRAY) here += 1;
  return here;
};

/** Where the array under `key` of the object at `from` opens, or -1. Only the object's own keys are looked at. */
const arrayUnder = (bytes: Buffer, from: number, key: string): number => {
  const wanted = Buffer.from(JSON.stringify(key));
  let here = skipBlank(bytes, from + 1);
  while (bytes[here] === QUOTE) {
    const end = textEnd(bytes, here);
    if (end === -1) return -1;
    const name = bytes.subarray(here, end);
    const value = skipBlank(bytes, skipBlank(bytes, end) + 1);
    if (name.equals(wanted)) return bytes[value] === OPEN_ARRAY ? value : -1;
    here = skipBlank(bytes, objectValueEnd(bytes, value));
    if (bytes[here] === COMMA) here = skipBlank(bytes, here + 1);
  }
  return -1;
};

const objectValueEnd = (bytes: Buffer, from: number): number => {
  if (bytes[from] === OPEN_OBJECT || bytes[from] === OPEN_ARRAY || bytes[from] === QUOTE)
    return elementEnd(bytes, from);
  let here = from;
  while (here < bytes.length && bytes[here] !== COMMA && bytes[here] !== CLOSE_OBJECT) here += 1;
  return here;
};

const SYSLOG_HEADER = /^<\d{1,3}>/;

/** A line relayed by syslog carries its JSON behind a header. */
const withoutSyslogHeader = (line: Buffer): Buffer => {
  if (line[0] !== 0x3c || !SYSLOG_HEADER.test(line.toString('latin1', 0, 5))) return line;
  const start = line.indexOf(OPEN_OBJECT);
  return start === -1 ? line : line.subarray(start);
};

const trimmed = (line: Buffer): Buffer => {
  const start = skipBlank(line, 0);
  let end = line.length;
  while (end > start && isBlank(line[end - 1])) end -= 1;
  return line.subarray(start, end);
};

const lines = (bytes: Buffer, most = Infinity): Buffer[] => {
  const found: Buffer[] = [];
  for (let from = 0; from < bytes.length && found.length < most; ) {
    const next = bytes.indexOf(NEWLINE, from);
    const end = next === -1 ? bytes.length : next;
    const line = trimmed(bytes.subarray(from, end));
    if (line.length > 0) found.push(withoutSyslogHeader(line));
    from = end + 1;
  }
  return found;
};

/**
 * Events of a message that is JSON lines, one JSON array, one JSON object (also over several lines), or one object
 * whose array under `key` (the first of several keys that is there) holds them. Slices of the message, never copies.
 * Broken JSON is cut by lines.
 * @param most pieces after which no line and no element of an array is looked for any more.
 */
export const splitJson = (message: Buffer, key?: string | readonly string[], most = Infinity): Buffer[] => {
  const start = skipBlank(message, 0);
  const opens = message[start];
  if (opens !== OPEN_OBJECT && opens !== OPEN_ARRAY) return lines(message, most);
  const end = valueEnd(message, start);
  if (end === -1) return lines(message, most);
  if (skipBlank(message, end) < message.length || !isOneValue(message.subarray(start, end)))
    return lines(message, most).flatMap((line) => unwrapped(line, key));
  if (opens === OPEN_ARRAY) return elements(message, start, most);
  return unwrapped(message.subarray(start, end), key);
};

/** Broken lines may happen to close each other's brackets: over several lines, only what parses is one value. */
const isOneValue = (bytes: Buffer): boolean => {
  if (!bytes.includes(NEWLINE)) return true;
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
};

/**
 * JSON values that follow each other with or without white space (Splunk HEC), `most` of them; undefined when one does
 * not close.
 */
export const concatenated = (bytes: Buffer, most = Infinity): Buffer[] | undefined => {
  const found: Buffer[] = [];
  for (let here = skipBlank(bytes, 0); here < bytes.length && found.length < most; ) {
    const end = bytes[here] === OPEN_OBJECT ? valueEnd(bytes, here) : -1;
    if (end === -1) return undefined;
    found.push(bytes.subarray(here, end));
    here = skipBlank(bytes, end);
  }
  return found;
};

const unwrapped = (event: Buffer, key: string | readonly string[] | undefined): Buffer[] => {
  const keys = event[0] !== OPEN_OBJECT || key === undefined ? [] : typeof key === 'string' ? [key] : key;
  for (const one of keys) {
    const array = arrayUnder(event, 0, one);
    if (array !== -1) return elements(event, array);
  }
  return [event];
};
