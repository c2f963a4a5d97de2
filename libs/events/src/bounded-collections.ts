import avsc from 'avsc';

/*
 * avsc believes the item counts it reads: some flipped bits make it push billions of undefined items, an out-of-memory
 * that cannot be caught. Arrays and maps are therefore read and skipped here, and stop where the bytes end.
 */

/** Where avsc reads. */
export interface AvscTap {
  buf: Buffer;
  pos: number;
  readLong(): number;
  readString(): string;
  skipString(): void;
}
interface AvscReadable {
  _read(tap: AvscTap): unknown;
  _skip(tap: AvscTap): void;
}
/** The parts of avsc's array and map types that its resolvers share. */
interface AvscCollection extends AvscReadable {
  itemsType?: AvscReadable;
  valuesType?: AvscReadable;
}

const OVERRUN = 'an item count goes beyond the end';

/** @returns the number of items of the next block, 0 at the end; every item takes at least one byte. */
const blockSize = (tap: AvscTap): number => {
  let count = tap.readLong();
  if (count < 0) {
    count = -count;
    const bytes = tap.readLong();
    if (bytes < 0) throw new Error(OVERRUN);
  }
  if (count > tap.buf.length - tap.pos) throw new Error(OVERRUN);
  return count;
};

function readArray(this: AvscCollection, tap: AvscTap): unknown[] {
  const items = this.itemsType as AvscReadable;
  const found: unknown[] = [];
  for (let left = blockSize(tap); left > 0; left = blockSize(tap)) {
    for (; left > 0; left--) found.push(items._read(tap));
  }
  return found;
}

function skipArray(this: AvscCollection, tap: AvscTap): void {
  const items = this.itemsType as AvscReadable;
  for (let left = blockSize(tap); left > 0; left = blockSize(tap)) {
    for (; left > 0; left--) items._skip(tap);
  }
}

function readMap(this: AvscCollection, tap: AvscTap): Record<string, unknown> {
  const values = this.valuesType as AvscReadable;
  const found: [string, unknown][] = [];
  for (let left = blockSize(tap); left > 0; left = blockSize(tap)) {
    for (; left > 0; left--) found.push([tap.readString(), values._read(tap)]);
  }
  return Object.fromEntries(found);
}

function skipMap(this: AvscCollection, tap: AvscTap): void {
  const values = this.valuesType as AvscReadable;
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
