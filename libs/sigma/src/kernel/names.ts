const encoder = new TextEncoder();

const hashOf = (bytes: Uint8Array): number => bytes.reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 0);

/** The names an event is read for, found by their bytes. */
export class Names {
  readonly count: number;
  /** Per byte: 1 when a key with it is not plain. */
  readonly refused: Uint8Array;
  private readonly ids = new Map<string, number>();
  private readonly slots: Int32Array;
  private readonly hashes: Int32Array;
  private readonly starts: Int32Array;
  private readonly bytes: Uint8Array;
  private readonly asText: Uint8Array;

  /**
   * @param known name -> true when its value may hold fields even as text
   * @param refusesSpaces whether a key with a space may stand for a name without it
   */
  constructor(known: ReadonlyMap<string, boolean>, refusesSpaces: boolean) {
    const names = [...known.keys()].map((name) => encoder.encode(name));
    this.count = names.length;
    this.refused = Uint8Array.from({ length: 256 }, (_, byte) =>
      Number(byte < 32 || byte > 126 || byte === 0x5c || (refusesSpaces && byte === 32)),
    );
    this.asText = Uint8Array.from(known.values(), Number);
    this.bytes = Uint8Array.from(names.flatMap((name) => [...name]));
    this.starts = new Int32Array(names.length + 1);
    this.hashes = Int32Array.from(names, hashOf);
    this.slots = new Int32Array(4 << (32 - Math.clz32(names.length)));
    for (const [id, name] of [...known.keys()].entries()) {
      this.ids.set(name, id);
      this.starts[id + 1] = this.starts[id]! + names[id]!.length;
      let slot = this.slotOf(this.hashes[id]!);
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = id + 1;
    }
  }

  /** The number of a name; -1 for one nobody asks for. */
  idOf(name: string): number {
    return this.ids.get(name) ?? -1;
  }

  /** The number of the name that stands in `line`; its hash is at hand. */
  find(line: Uint8Array, start: number, end: number, hash: number): number {
    for (let slot = this.slotOf(hash); ; slot = (slot + 1) & (this.slots.length - 1)) {
      const id = this.slots[slot]! - 1;
      if (id < 0) return -1;
      if (this.hashes[id] === hash && this.isAt(id, line, start, end)) return id;
    }
  }

  /** Whether a text under this name may hold fields. */
  refusesText(id: number): boolean {
    return this.asText[id] === 1;
  }

  private slotOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.slots.length - 1);
  }

  private isAt(id: number, line: Uint8Array, start: number, end: number): boolean {
    const from = this.starts[id]!;
    if (this.starts[id + 1]! - from !== end - start) return false;
    for (let i = start; i < end; i++) if (line[i] !== this.bytes[from + i - start]) return false;
    return true;
  }
}
