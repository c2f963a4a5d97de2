const PADDING = 16;

const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const ONES = 0x01010101;
const SPACES = 0x20202020;
const HIGH_BITS = 0x80808080;

/**
 * Four bytes at once: true when none ends a JSON text, begins an escape, is a control character or not ASCII. (False
 * may also mean: look closer.)
 */
export const isPlainWord = (word: number): boolean => {
  const quotes = word ^ QUOTES;
  const backslashes = word ^ BACKSLASHES;
  return (
    ((((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word) | word) &
      HIGH_BITS) ===
    0
  );
};

/** The event's bytes where they can be read four at a time; zeros follow them. */
export class Line {
  bytes = new Uint8Array(1 << 16);
  words = new Int32Array(this.bytes.buffer);
  /** Words from any place on. */
  view = new DataView(this.bytes.buffer);
  length = 0;

  fill(native: Uint8Array): void {
    if (native.length + PADDING > this.bytes.length) {
      this.bytes = new Uint8Array(4 * Math.ceil((2 * native.length + PADDING) / 4));
      this.words = new Int32Array(this.bytes.buffer);
      this.view = new DataView(this.bytes.buffer);
    }
    this.bytes.set(native);
    this.bytes.fill(0, native.length, native.length + PADDING);
    this.length = native.length;
  }
}
