import { AS_IS, CODED, ESCAPED, NULL, NUMBER, TEXT, WIDE } from './image/layout.js';
import { Line, isPlainWord } from './line.js';
import type { Names } from './names.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MAX_DEPTH = 64;
const MAX_PLAIN_DIGITS = 15;

/** Per byte: 0 goes on, 1 quote, 2 backslash, 3 not ASCII, 4 not allowed in a text. */
const CLASS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === QUOTE ? 1 : byte === BACKSLASH ? 2 : byte > 127 ? 3 : byte < 32 ? 4 : 0,
);
const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
/** Characters that keywords are sought by: an escape that hides one of them makes the line unusual. */
export const isSearched = (code: number): boolean =>
  (code >= 48 && code <= 58) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 32 ||
  code === 45 ||
  code === 46 ||
  code === 95;
const isHiding = (code: number): boolean => isSearched(code) || code === 0x130 || code === 0x212a;

/** Whether a line that was not scanned may hide characters from a search for keywords. */
export const mayHide = ({ bytes, length }: Line): boolean => {
  for (let at = 0; at < length; at++) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH && bytes[++at] === 0x75) return true;
    if (byte > 127 && isFoldedToAscii(bytes, at)) return true;
  }
  return false;
};

/** The last byte of U+212A or U+0130, perhaps of some other character too. */
const isFoldedToAscii = (line: Uint8Array, at: number): boolean =>
  (line[at] === 0xaa && line[at - 1] === 0x84) || (line[at] === 0xb0 && line[at - 1] === 0xc4);

const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 102);
const hexAt = (line: Uint8Array, at: number): number => (line[at]! <= 57 ? line[at]! - 48 : (line[at]! | 32) - 87);
const ESCAPABLE = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/**
 * Reads the members of one flat JSON object, as bytes: where the values of known names lie, and of what kind they are.
 * It accepts nothing JSON.parse would refuse; whatever is not plain enough (keys with escapes, known names that hold
 * objects…) makes it give up.
 */
export class Scanner {
  /** Where each known name's value lies in the line, and its flags, when `stamp` says that it was seen. */
  readonly stamp: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly flags: Uint8Array;
  generation = 0;
  /**
   * True when a character may be hidden from a search for keywords: by a `\u` escape, or as U+212A and U+0130, whose
   * lower case is ASCII.
   */
  isUnusual = false;
  readonly line = new Line();
  private at = 0;
  private kind = 0;

  constructor(private readonly names: Names) {
    [this.stamp, this.start, this.end] = [0, 1, 2].map(() => new Int32Array(names.count)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    this.flags = new Uint8Array(names.count);
  }

  scan(native: Uint8Array): boolean {
    this.begin(native);
    this.skipSpace();
    const { bytes: line } = this.line;
    if (line[this.at++] !== 0x7b) return false;
    this.skipSpace();
    if (line[this.at] === 0x7d) this.at++;
    else if (!this.members()) return false;
    this.skipSpace();
    return this.at === native.length;
  }

  private begin(native: Uint8Array): void {
    this.line.fill(native);
    this.at = 0;
    this.isUnusual = false;
    if (++this.generation < 0x7fff_ffff) return;
    this.stamp.fill(0);
    this.generation = 1;
  }

  private members(): boolean {
    const { bytes: line } = this.line;
    for (;;) {
      const name = this.key();
      if (name === -2) return false;
      const start = this.at;
      if (!this.value(name)) return false;
      if (name >= 0 && this.kind !== 0) this.keep(name, start);
      this.skipSpace();
      const byte = line[this.at++];
      if (byte === 0x7d) return true;
      if (byte !== COMMA) return false;
      this.skipSpace();
    }
  }

  private keep(name: number, start: number): void {
    const inset = (this.kind & TEXT) !== 0 ? 1 : 0;
    this.stamp[name] = this.generation;
    this.start[name] = start + inset;
    this.end[name] = this.at - inset;
    this.flags[name] = this.kind;
  }

  /** Reads `"name":`. The name's number, -1 when nobody asks for it, -2 when it is not plain. */
  private key(): number {
    const { bytes: line } = this.line;
    const { refused } = this.names;
    if (line[this.at] !== QUOTE) return -2;
    const start = this.at + 1;
    let at = start;
    let hash = 0;
    for (;;) {
      const byte = line[at]!;
      if (byte === QUOTE) break;
      if (refused[byte] !== 0) return -2;
      hash = (Math.imul(hash, 31) + byte) | 0;
      at++;
    }
    this.at = at + 1;
    this.skipSpace();
    if (line[this.at++] !== COLON) return -2;
    this.skipSpace();
    return this.names.find(line, start, at, hash);
  }

  /** Reads any value at the top, setting `kind` (0 when there is nothing to keep); false to give up. */
  private value(name: number): boolean {
    const byte = this.line.bytes[this.at];
    if (byte === QUOTE) {
      if (name >= 0 && this.names.refusesText(name)) return false;
      return this.text();
    }
    if (byte !== 0x7b && byte !== 0x5b) return this.scalar();
    return name < 0 && this.nested(0);
  }

  private text(): boolean {
    const { bytes: line, view } = this.line;
    let at = this.at + 1;
    let kind = TEXT;
    for (;;) {
      while (isPlainWord(view.getInt32(at, true))) at += 4;
      const found = CLASS[line[at]!];
      if (found === 0) at++;
      else if (found === 1) break;
      else if (found === 3) {
        kind |= WIDE;
        if (isFoldedToAscii(line, at)) this.isUnusual = true;
        at++;
      } else if (found === 2 && ESCAPABLE[line[at + 1]!] === 1) {
        kind |= ESCAPED;
        at += 2;
      } else if (found === 2 && this.isUnicodeEscape(at)) {
        kind |= CODED;
        at += 6;
      } else return false;
    }
    this.at = at + 1;
    this.kind = kind;
    return true;
  }

  private isUnicodeEscape(at: number): boolean {
    const { bytes: line } = this.line;
    if (
      line[at + 1] !== 0x75 ||
      !isHex(line[at + 2]) ||
      !isHex(line[at + 3]) ||
      !isHex(line[at + 4]) ||
      !isHex(line[at + 5])
    )
      return false;
    if (
      isHiding(
        (hexAt(line, at + 2) << 12) | (hexAt(line, at + 3) << 8) | (hexAt(line, at + 4) << 4) | hexAt(line, at + 5),
      )
    )
      this.isUnusual = true;
    return true;
  }

  private scalar(): boolean {
    switch (this.line.bytes[this.at]) {
      case 0x74:
        return this.word(0x72, 0x75, 0x65, AS_IS);
      case 0x6e:
        return this.word(0x75, 0x6c, 0x6c, NULL);
      case 0x66:
        this.at++;
        return this.line.bytes[this.at] === 0x61 && this.word(0x6c, 0x73, 0x65, AS_IS);
      default:
        return this.number();
    }
  }

  private word(second: number, third: number, fourth: number, kind: number): boolean {
    const { at } = this;
    const { bytes: line } = this.line;
    this.at += 4;
    this.kind = kind;
    return line[at + 1] === second && line[at + 2] === third && line[at + 3] === fourth;
  }

  private number(): boolean {
    const { bytes: line } = this.line;
    const isNegative = line[this.at] === 0x2d;
    if (isNegative) this.at++;
    const start = this.at;
    this.digits();
    const digits = this.at - start;
    if (digits === 0 || (digits > 1 && line[start] === 48)) return false;
    const isPlain = digits <= MAX_PLAIN_DIGITS && !(isNegative && line[start] === 48);
    const byte = line[this.at];
    if (byte !== 0x2e && byte !== 0x65 && byte !== 0x45) {
      this.kind = isPlain ? AS_IS : NUMBER;
      return true;
    }
    this.kind = NUMBER;
    return this.fraction() && this.exponent();
  }

  private fraction(): boolean {
    if (this.line.bytes[this.at] !== 0x2e) return true;
    this.at++;
    return this.digits();
  }

  private exponent(): boolean {
    if (((this.line.bytes[this.at] ?? 0) | 32) !== 0x65) return true;
    this.at++;
    if (this.line.bytes[this.at] === 0x2b || this.line.bytes[this.at] === 0x2d) this.at++;
    return this.digits();
  }

  private digits(): boolean {
    const start = this.at;
    while (isDigit(this.line.bytes[this.at])) this.at++;
    return this.at > start;
  }

  /** Skips an object or a list, minding JSON's grammar. */
  private nested(depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    const isObject = this.line.bytes[this.at++] === 0x7b;
    const close = isObject ? 0x7d : 0x5d;
    this.skipSpace();
    if (this.line.bytes[this.at] === close) return this.step();
    for (;;) {
      if (isObject && !this.innerKey()) return false;
      this.skipSpace();
      if (!this.inner(depth)) return false;
      this.skipSpace();
      const byte = this.line.bytes[this.at++];
      if (byte === close) {
        this.kind = 0;
        return true;
      }
      if (byte !== COMMA) return false;
      this.skipSpace();
    }
  }

  private step(): boolean {
    this.at++;
    this.kind = 0;
    return true;
  }

  private innerKey(): boolean {
    if (this.line.bytes[this.at] !== QUOTE || !this.text()) return false;
    this.skipSpace();
    return this.line.bytes[this.at++] === COLON;
  }

  private inner(depth: number): boolean {
    const byte = this.line.bytes[this.at];
    if (byte === QUOTE) return this.text();
    return byte === 0x7b || byte === 0x5b ? this.nested(depth + 1) : this.scalar();
  }

  private skipSpace(): void {
    while (isSpace(this.line.bytes[this.at])) this.at++;
  }
}
