import { isWellFormed } from '../match/text.js';

const PADDING = 16;
const encoder = new TextEncoder();

/** Folded texts of the event at hand, one after the other: bytes, and where each text begins and ends. */
export class Arena {
  bytes = new Uint8Array(1 << 16);
  view = new DataView(this.bytes.buffer);
  top = 0;
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  texts = 0;
  /** Whether a text added since the last reset of this flag has bytes beyond ASCII. */
  hasWide = false;

  reset(): void {
    this.top = 0;
    this.texts = 0;
  }

  /** Room for `length` more bytes. */
  reserve(length: number): void {
    if (this.top + length + PADDING <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.top + length + PADDING));
    larger.set(this.bytes.subarray(0, this.top));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  /** Ends a text that began at `start` and whose last byte lies before `end`. */
  close(start: number, end: number): void {
    this.starts[this.texts] = start;
    this.ends[this.texts] = end;
    this.texts++;
    this.top = end;
  }

  /** Adds a text already folded; false when it has no UTF-8 (a lone surrogate). */
  add(text: string): boolean {
    this.reserve(text.length * 3);
    const start = this.top;
    const { bytes } = this;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return this.addEncoded(text, start);
      bytes[start + i] = code;
    }
    this.close(start, start + text.length);
    return true;
  }

  private addEncoded(text: string, start: number): boolean {
    if (!isWellFormed(text)) return false;
    this.hasWide = true;
    const { written } = encoder.encodeInto(text, this.bytes.subarray(start));
    this.close(start, start + written);
    return true;
  }
}
