/** Bytes end before what they announce, or say what cannot be. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

const MOST_VARINT_BYTES = 10;

/** Reads numbers of variable length, and what they count, to the end of some bytes and never beyond. */
export class ByteWalk {
  here = 0;

  constructor(private readonly all: Buffer) {}

  get left(): number {
    return this.all.length - this.here;
  }

  /** Of at most 2^53, unsigned. @throws Malformed */
  varint(): number {
    let [value, scale] = [0, 1];
    for (let at = 0; at < MOST_VARINT_BYTES; at += 1, scale *= 0x80) {
      const byte = this.all[this.here];
      if (byte === undefined) throw new Malformed('a number is cut off');
      this.here += 1;
      if (byte < 0x80) return value + byte * scale;
      value += (byte & 0x7f) * scale;
    }
    throw new Malformed('a number does not end');
  }

  /** A number that may be negative: zigzag. @throws Malformed */
  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** @throws Malformed */
  skip(length: number): void {
    if (!(length >= 0 && length <= this.left)) throw new Malformed('a length goes beyond the end');
    this.here += length;
  }

  /** A view, no copy. @throws Malformed */
  bytes(length: number): Buffer {
    const from = this.here;
    this.skip(length);
    return this.all.subarray(from, this.here);
  }

  /** In UTF-8. @throws Malformed */
  text(length: number): string {
    const from = this.here;
    this.skip(length);
    return this.all.toString('utf8', from, this.here);
  }
}
