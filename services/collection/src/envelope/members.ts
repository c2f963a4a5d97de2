const [NEWLINE, QUOTE, BACKSLASH] = [0x0a, 0x22, 0x5c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COLON, COMMA] = [0x7b, 0x7d, 0x5b, 0x5d, 0x3a, 0x2c];

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === NEWLINE || byte === 0x0d;

const skipBlank = (bytes: Buffer, from: number): number => {
  let here = from;
  while (isBlank(bytes[here])) here += 1;
  return here;
};

const textEnd = (bytes: Buffer, from: number): number => {
  for (let here = from + 1; here < bytes.length; here += 1) {
    if (bytes[here] === BACKSLASH) here += 1;
    else if (bytes[here] === QUOTE) return here + 1;
  }
  return bytes.length;
};

/** Index behind the JSON value at `from`; the end of the bytes where it does not close. */
export const endOfValue = (bytes: Buffer, from: number): number => {
  let depth = 0;
  for (let here = from; here < bytes.length; here += 1) {
    const byte = bytes[here];
    if (byte === QUOTE) here = textEnd(bytes, here) - 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
    else if (depth > 0 || (byte !== COMMA && !isBlank(byte))) continue;
    else return here;
    if (depth < 0) return here;
    if (depth === 0) return here + 1;
  }
  return bytes.length;
};

/**
 * Where the value of a member of the object at the beginning of `bytes` stands, as a slice with all its digits; of two
 * of one name the last, as JSON.parse has it. Only the object's own members are looked at.
 * @param bytes an object that parses.
 */
export const memberOf = (bytes: Buffer, name: string): Buffer | undefined => {
  const wanted = Buffer.from(JSON.stringify(name));
  let found: Buffer | undefined;
  let here = skipBlank(bytes, skipBlank(bytes, 0) + 1);
  while (bytes[here] === QUOTE) {
    const end = textEnd(bytes, here);
    const isWanted = bytes.subarray(here, end).equals(wanted);
    const colon = skipBlank(bytes, end);
    if (bytes[colon] !== COLON) return undefined;
    const value = skipBlank(bytes, colon + 1);
    const valueEnd = endOfValue(bytes, value);
    if (isWanted) found = bytes.subarray(value, valueEnd);
    const comma = skipBlank(bytes, valueEnd);
    here = bytes[comma] === COMMA ? skipBlank(bytes, comma + 1) : bytes.length;
  }
  return found;
};

/** JSON without line breaks, which say nothing outside of its texts and cannot stand inside. */
export const onOneLine = (json: Buffer): Buffer =>
  json.includes(NEWLINE) || json.includes(0x0d) ? Buffer.from(json.map((byte) => (byte < 0x20 ? 0x20 : byte))) : json;
