import { Fault } from '#libs/model';

const TAG = { text: 1, integer: 2, bytes: 3, boolean: 4, list: 5, float: 6, record: 7 } as const;
const START_BYTES = 1_024;
// Field names are ours: within ASCII the order of texts is that of their bytes.
const isAscii = (name: string): boolean => /^[\x20-\x7e]*$/.test(name);

/** Bytes that grow; every commit is written through one, so it makes no small pieces. */
class CanonicalWriter {
  #bytes = Buffer.allocUnsafe(START_BYTES);
  #end = 0;

  /** @returns where the next `count` bytes go. */
  #room(count: number): number {
    const start = this.#end;
    this.#end += count;
    if (this.#end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end));
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    return start;
  }

  head(tag: number, length: number): void {
    const at = this.#room(5);
    this.#bytes[at] = tag;
    this.#bytes.writeUInt32BE(length, at + 1);
  }

  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.head(TAG.text, length);
    const at = this.#room(length);
    this.#bytes.write(value, at, length, 'utf8');
  }

  number(value: number): void {
    const at = this.#room(9);
    const isWhole = Number.isSafeInteger(value);
    this.#bytes[at] = isWhole ? TAG.integer : TAG.float;
    if (isWhole) this.#bytes.writeBigInt64BE(BigInt(value), at + 1);
    else this.#bytes.writeDoubleBE(value, at + 1);
  }

  boolean(value: boolean): void {
    const at = this.#room(2);
    this.#bytes[at] = TAG.boolean;
    this.#bytes[at + 1] = value ? 1 : 0;
  }

  bytes(value: Uint8Array): void {
    this.head(TAG.bytes, value.length);
    const at = this.#room(value.length);
    this.#bytes.set(value, at);
  }

  all(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }
}

const putRecord = (value: object, out: CanonicalWriter): void => {
  const fields = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  if (!fields.every(([name]) => isAscii(name)))
    throw new Fault('store: no canonical form of a field whose name is not ASCII');
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  out.head(TAG.record, fields.length);
  for (const [name, one] of fields) {
    out.text(name);
    put(one, out);
  }
};

const put = (value: unknown, out: CanonicalWriter): void => {
  if (typeof value === 'string') out.text(value);
  else if (typeof value === 'number') out.number(value);
  else if (typeof value === 'boolean') out.boolean(value);
  else if (value instanceof Uint8Array) out.bytes(value);
  else if (Array.isArray(value)) {
    out.head(TAG.list, value.length);
    for (const one of value) put(one, out);
  } else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    putRecord(value, out);
  else throw new Fault(`store: no canonical form of ${value === null ? 'null' : typeof value}`);
};

/**
 * The one form in bytes of a value, so that two different values never look alike and anyone can make it again:
 * - text: `01`, number of UTF-8 bytes (u32), the bytes
 * - whole number within ±(2^53 - 1): `02`, i64 · any other number: `06`, IEEE 754 double
 * - bytes: `03`, their number (u32), the bytes · true or false: `04`, `01` or `00`
 * - list: `05`, number of items (u32), each item
 * - record: `07`, number of fields (u32), then for each, sorted by name (ASCII): the name as text, the value. A field
 * that is
 *   null or absent is left out.
 *
 * All numbers are big-endian. @throws Fault for anything else, null within a list among it.
 */
export const canonical = (value: unknown): Buffer => {
  const out = new CanonicalWriter();
  put(value, out);
  return out.all();
};
