import avsc from 'avsc';

/*
 * avsc believes the item counts it reads: some flipped bits make it push billions of undefined items, an out-of-memory
 * that cannot be caught. Arrays and maps are therefore read and skipped here, and stop where the bytes end.
 */

interface Tap {
  buf: Buffer;
  pos: number;
  readLong(): number;
  readString(): string;
  skipString(): void;
}
interface Reading {
  _read(tap: Tap): unknown;
  _skip(tap: Tap): void;
}
/** The parts of avsc's array and map types that its resolvers share. */
interface Collection extends Reading {
  itemsType?: Reading;
  valuesType?: Reading;
}

const OVERRUN = 'an item count goes beyond the end';

/** @returns the number of items of the next block, 0 at the end; every item takes at least one byte. */
const blockSize = (tap: Tap): number => {
  let count = tap.readLong();
  if (count < 0) {
    count = -count;
    const bytes = tap.readLong();
    if (bytes < 0) throw new Error(OVERRUN);
  }
  if (count > tap.buf.length - tap.pos) throw new Error(OVERRUN);
  return count;
};

function readArray(this: Collection, tap: Tap): unknown[] {
  const items = this.itemsType as Reading;
  const found: unknown[] = [];
  for (let left = blockSize(tap); left > 0; left = blockSize(tap)) {
    for (; left > 0; left--) found.push(items._read(tap));
  }
  return found;
}

function skipArray(this: Collection, tap: Tap): void {
  const items = this.itemsType as Reading;
  for (let left = blockSize(tap); left > 0; left = blockSize(tap)) {
    for (; left > 0; left--) items._skip(tap);
  }
}

function readMap(this: Collection, tap: Tap): Record<string, unknown> {
  const values = this.valuesType as Reading;
  const found: [string, unknown][] = [];
  for (let left = blockSize(tap); left > 0; left = blockSize(tap)) {
    for (; left > 0; left--) found.push([tap.readString(), values._read(tap)]);
  }
  return Object.fromEntries(found);
}

function skipMap(this: Collection, tap: Tap): void {
  const values = this.valuesType as Reading;
  for (let left = blockSize(tap); left > 0; left = blockSize(tap)) {
    for (; left > 0; left--) {
      tap.skipString();
      values._skip(tap);
    }
  }
}

/** Bounds the arrays and maps of all types, and of the resolvers made from them. The types themselves are frozen. */
export const boundCollections = (): void => {
  Object.assign(avsc.types.ArrayType.prototype, { _read: readArray, _skip: skipArray });
  Object.assign(avsc.types.MapType.prototype, { _read: readMap, _skip: skipMap });
};
