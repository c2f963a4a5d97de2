/** Bytes that say what an EVTX file cannot. */
export class Damaged extends Error {}

/** Reads a chunk of an EVTX file; offsets in it count from its beginning. @throws Damaged beyond `end`. */
export class ChunkCursor {
  constructor(
    readonly chunk: Buffer,
    public at: number,
    readonly end: number,
  ) {
    if (at < 0 || at > end || end > chunk.length) throw new Damaged('an offset points outside of its chunk');
  }

  /** Steps over so many bytes. @returns where they begin. */
  private step(bytes: number): number {
    const from = this.at;
    if (from + bytes > this.end) throw new Damaged('it ends in the middle');
    this.at += bytes;
    return from;
  }

  skip(bytes: number): void {
    this.step(bytes);
  }

  get isOver(): boolean {
    return this.at >= this.end;
  }

  u8(): number {
    return this.chunk.readUInt8(this.step(1));
  }

  u16(): number {
    return this.chunk.readUInt16LE(this.step(2));
  }

  u32(): number {
    return this.chunk.readUInt32LE(this.step(4));
  }

  bytes(count: number): Buffer {
    const from = this.step(count);
    return this.chunk.subarray(from, from + count);
  }

  /** UTF-16 of so many units. */
  text(units: number): string {
    return this.bytes(units * 2).toString('utf16le');
  }

  /** A name: it stands here, or elsewhere in the chunk. */
  name(): string {
    const offset = this.u32();
    if (offset === this.at) return readName(this);
    return readName(new ChunkCursor(this.chunk, offset, this.chunk.length));
  }
}

/** The next name's offset, a hash, and the text with its NUL. */
const readName = (cursor: ChunkCursor): string => {
  cursor.skip(6);
  const name = cursor.text(cursor.u16());
  cursor.skip(2);
  return name;
};
