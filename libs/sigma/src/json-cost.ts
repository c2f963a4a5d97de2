/** What parsing JSON may cost: some MiB of brackets take longer to parse, or to refuse, than hours of ordinary events. */
import type { Json } from './json.js';

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];

/** What is shorter costs nothing, whatever it is. */
const LEAST_BYTES = 4_096;

/** How deep JSON may nest, and how many members, elements, objects and arrays it may have. */
export interface JsonBounds {
  depth: number;
  values: number;
}

/** Of many events as one value: one that is too deep spoils no other while all are still parsed in some ms. */
const MOST: JsonBounds = { depth: 4_000, values: 2_000_000 };

/** Index of the quote that closes the text which opens at an index. */
const textEnd = (bytes: Uint8Array, from: number): number => {
  let here = from + 1;
  while (here < bytes.length && bytes[here] !== QUOTE) here += bytes[here] === BACKSLASH ? 2 : 1;
  return here;
};

/**
 * Which bound JSON is beyond, before it is parsed: each byte is looked at once, and none behind the bound.
 * @param bytes of any sort: what is no JSON is told by parsing it.
 */
export const tooMuchIn = (bytes: Uint8Array, most: JsonBounds = MOST): keyof JsonBounds | undefined => {
  if (bytes.length < LEAST_BYTES) return undefined;
  let [depth, values] = [0, 0];
  for (let here = 0; here < bytes.length; here += 1) {
    const byte = bytes[here];
    if (byte === QUOTE) here = textEnd(bytes, here);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      values += 1;
      if (depth > most.depth) return 'depth';
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
    else if (byte === COMMA) values += 1;
    if (values > most.values) return 'values';
  }
  return undefined;
};

const encoder = new TextEncoder();
/** Of a text inside of an event, which is one value of it. */
const MOST_IN_TEXT: JsonBounds = { depth: 64, values: 30_000 };

/** What a text in an event is as JSON; undefined for what only looks like it, or would cost too much to be read. */
export const jsonInText = (text: string): Json | undefined => {
  if (text.length >= LEAST_BYTES && tooMuchIn(encoder.encode(text), MOST_IN_TEXT)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};
