import { lower } from '../../evaluate/text.js';
import { BITS, IMAGE, LOWER_OF_TWO, MASKS, MEANT } from './layout.js';
import { webAssembly, type Memory } from './web-assembly.js';

const PAGE = 1 << 16;
const GROWTH = 1 << 20;
const ALIGNMENT = 16;

/** Stamps that must be cleared when event numbers begin anew: where the first is, how many, how far apart. */
type Stamps = { at: number; count: number; stride: number };

/** The kernel's one memory, written from IMAGE on. What was written stays where it is; views change when it grows. */
export class Image {
  readonly memory: Memory;
  bytes: Uint8Array;
  words: Int32Array;
  /** The same bytes, as a buffer that makes text of them quickly. */
  text: Buffer;
  private top = IMAGE;
  private readonly stamps: Stamps[] = [];

  constructor() {
    if (!webAssembly) throw new Error('there is no WebAssembly here');
    this.memory = new webAssembly.Memory({ initial: (IMAGE + GROWTH) / PAGE });
    this.bytes = new Uint8Array(this.memory.buffer);
    this.words = new Int32Array(this.memory.buffer);
    this.text = Buffer.from(this.memory.buffer);
    this.bytes.fill(0xff, MASKS, MASKS + 16);
    this.bytes.set([1, 2, 4, 8, 16, 32, 64, 128], BITS);
    this.bytes.set(MEANINGS, MEANT);
    new Uint16Array(this.memory.buffer).set(LOWER_CASE_OF_TWO, LOWER_OF_TWO >> 1);
  }

  /** So many bytes of zeros. */
  allocate(size: number): number {
    const at = this.top;
    this.top = Math.ceil((at + size) / ALIGNMENT) * ALIGNMENT;
    if (this.top + ALIGNMENT > this.bytes.length) this.grow();
    return at;
  }

  private grow(): void {
    this.memory.grow(Math.ceil((this.top + GROWTH - this.bytes.length) / PAGE));
    this.bytes = new Uint8Array(this.memory.buffer);
    this.words = new Int32Array(this.memory.buffer);
    this.text = Buffer.from(this.memory.buffer);
  }

  putWords(values: readonly number[]): number {
    const at = this.allocate(4 * values.length);
    this.words.set(values, at >> 2);
    return at;
  }

  /** A list that begins with its length. */
  putList(values: readonly number[]): number {
    const at = this.allocate(4 + 4 * values.length);
    this.words[at >> 2] = values.length;
    this.words.set(values, (at >> 2) + 1);
    return at;
  }

  putBytes(values: Uint8Array): number {
    const at = this.allocate(values.length + ALIGNMENT);
    this.bytes.set(values, at);
    return at;
  }

  word(at: number): number {
    return this.words[at >> 2]!;
  }

  setWord(at: number, value: number): void {
    this.words[at >> 2] = value;
  }

  /** Three words, as many small records have. */
  set(at: number, first: number, second: number, third: number): void {
    this.words[at >> 2] = first;
    this.words[(at >> 2) + 1] = second;
    this.words[(at >> 2) + 2] = third;
  }

  /** What was written so far, and where its stamps are. */
  save(): { bytes: Uint8Array; stamps: Int32Array } {
    return {
      bytes: this.bytes.slice(IMAGE, this.top),
      stamps: Int32Array.from(this.stamps.flatMap(({ at, count, stride }) => [at, count, stride])),
    };
  }

  /** Takes up what was saved, before anything else is written. */
  restore({ bytes, stamps }: { bytes: Uint8Array; stamps: Int32Array }): void {
    const at = this.allocate(bytes.length);
    this.bytes.set(bytes, at);
    for (let i = 0; i < stamps.length; i += 3) this.keepStamps(stamps[i]!, stamps[i + 1]!, stamps[i + 2]!);
  }

  keepStamps(at: number, count: number, stride: number): void {
    this.stamps.push({ at, count, stride });
  }

  clearStamps(): void {
    for (const { at, count, stride } of this.stamps) for (let i = 0; i < count; i++) this.setWord(at + i * stride, 0);
  }
}

/** What stands behind a backslash, lower-cased; `\u` is not among them. */
const MEANINGS = Uint8Array.from(
  { length: 256 },
  (_, byte) => ({ b: 8, f: 12, n: 10, r: 13, t: 9 })[String.fromCharCode(byte)] ?? byte,
);

/** Lower case of the characters two bytes write (U+0080 to U+07FF); 0 where two bytes do not write it. */
const LOWER_CASE_OF_TWO = Uint16Array.from({ length: 0x800 }, (_, code) => {
  const folded = lower(String.fromCharCode(code));
  const only = folded.length === 1 ? folded.charCodeAt(0) : 0;
  return only >= 0x80 && only < 0x800 ? only : 0;
});
