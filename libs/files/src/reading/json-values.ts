/**
 * JSON values of a file, one behind the other, pretty-printed or not, on lines of their own or not; of an array, and of
 * an envelope that begins with one (`{"Records": [`), its elements. What is none is given line by line as it is. No
 * value is held that is larger than an event may be.
 */
import { MOST_ROW_BYTES } from '../table/table.js';
import type { PartReader, ReadPart } from './part.js';

const [NEWLINE, RETURN, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x0d, 0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
/** Members of text may stand before the array: Graph says its context first. */
const ENVELOPE = /^\{\s*(?:"[^"]{1,64}"\s*:\s*"[^"]{0,256}"\s*,\s*){0,3}"[A-Za-z]{1,32}"\s*:\s*\[\s*[{\]]/;
const LOOKED_AT = 1_024;
/** Values over several lines that do not close: then only lines are looked at. */
const MOST_BROKEN = 64;

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === NEWLINE || byte === RETURN || byte === 0 || byte === 0x1e;

/** Where the value that begins at an index ends; -1 when it does not. */
const endOf = (bytes: Buffer, from: number): number => {
  let [depth, isText] = [0, false];
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) return at + 1;
  }
  return -1;
};

const isJson = (bytes: Buffer): boolean => {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
};

/** On one line: outside of texts a line break is a blank, and inside of one none stands. */
const onOneLine = (value: Buffer): Buffer =>
  value.includes(NEWLINE)
    ? Buffer.from(value.map((byte) => (byte === NEWLINE || byte === RETURN ? 0x20 : byte)))
    : value;

/** What stands behind the array of an envelope, to its end. */
const isRestOfEnvelope = (line: Buffer): boolean =>
  (line[0] === COMMA || line[0] === CLOSE_OBJECT) &&
  (/^[}\s]*$/.test(line.toString('latin1', 0, LOOKED_AT)) || isJson(Buffer.from(`{"":0${line.toString('utf8')}`)));

export class JsonValues implements PartReader {
  private held = Buffer.alloc(0);
  /** Inside of an array whose elements are events. */
  private isInside = false;
  private broken = 0;

  take(bytes: Buffer, isLast: boolean): ReadPart[] {
    const block = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const parts: ReadPart[] = [];
    let here = 0;
    while (here < block.length) {
      const next = this.step(block, here, parts, isLast);
      if (next === -1) break;
      here = next;
    }
    this.held = Buffer.from(block.subarray(here));
    return parts;
  }

  /** One value, line or sign. @returns where what comes next begins; -1 when more bytes must come first. */
  private step(block: Buffer, here: number, parts: ReadPart[], isLast: boolean): number {
    const byte = block[here];
    if (isBlank(byte) || (byte === COMMA && this.isInside)) return here + 1;
    if (byte === 0xef && block[here + 1] === 0xbb) return here + 3;
    if (byte === CLOSE_ARRAY && this.isInside) {
      this.isInside = false;
      return here + 1;
    }
    if (!this.isInside && (byte === OPEN_ARRAY || byte === OPEN_OBJECT)) {
      const opened = this.opened(block, here, isLast);
      if (opened !== undefined) return opened;
    }
    return byte === OPEN_OBJECT || byte === OPEN_ARRAY
      ? this.value(block, here, parts, isLast)
      : this.line(block, here, parts, isLast);
  }

  /** Behind the bracket of an array of objects; undefined where none begins. */
  private opened(block: Buffer, here: number, isLast: boolean): number | undefined {
    if (!isLast && block.length - here < LOOKED_AT && !block.includes(NEWLINE, here)) return -1;
    const beginning = block.toString('latin1', here, here + LOOKED_AT);
    const array = /^\[\s*(?=[{\]])/.exec(beginning) ?? ENVELOPE.exec(beginning);
    if (!array) return undefined;
    if (beginning.startsWith('{')) {
      // A small envelope is left whole: what stands beside its array is kept then.
      const isWhole = endOf(block.subarray(here, here + MOST_ROW_BYTES), 0) !== -1;
      if (isWhole || (isLast && block.length - here <= MOST_ROW_BYTES)) return undefined;
      if (block.length - here < MOST_ROW_BYTES) return -1;
    }
    this.isInside = true;
    return here + array[0].indexOf('[') + 1;
  }

  private value(block: Buffer, here: number, parts: ReadPart[], isLast: boolean): number {
    const newline = block.indexOf(NEWLINE, here);
    const line = newline === -1 ? block.length : newline;
    const within = block.subarray(here, this.broken < MOST_BROKEN ? here + MOST_ROW_BYTES : line);
    const end = endOf(within, 0);
    if (end !== -1 && (here + end <= line || isJson(within.subarray(0, end)))) {
      parts.push({ event: onOneLine(within.subarray(0, end)) });
      return here + end;
    }
    if (end === -1 && !isLast && block.length - here < MOST_ROW_BYTES && this.broken < MOST_BROKEN) return -1;
    this.broken += here + within.length > line ? 1 : 0;
    return this.line(block, here, parts, isLast);
  }

  /** The rest of a line as it is: what reads it says what is wrong. */
  private line(block: Buffer, here: number, parts: ReadPart[], isLast: boolean): number {
    const newline = block.indexOf(NEWLINE, here);
    if (newline === -1 && !isLast && block.length - here < MOST_ROW_BYTES) return -1;
    const end = newline === -1 ? block.length : newline;
    const line = block.subarray(here, block[end - 1] === RETURN ? end - 1 : end);
    if (!isRestOfEnvelope(line)) parts.push({ event: line });
    return end;
  }
}
