import { Fault } from '#libs/model';

const TAG = { text: 1, integer: 2, bytes: 3, boolean: 4, list: 5, float: 6, record: 7 } as const;

const tagged = (tag: number, length: number): Buffer => {
  const head = Buffer.allocUnsafe(5);
  head.writeUInt8(tag, 0);
  head.writeUInt32BE(length, 1);
  return head;
};

const ofNumber = (value: number): Buffer => {
  const out = Buffer.allocUnsafe(9);
  if (Number.isSafeInteger(value)) {
    out.writeUInt8(TAG.integer, 0);
    out.writeBigInt64BE(BigInt(value), 1);
  } else {
    out.writeUInt8(TAG.float, 0);
    out.writeDoubleBE(value, 1);
  }
  return out;
};

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const put = (value: unknown, out: Buffer[]): void => {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    out.push(tagged(TAG.text, bytes.length), bytes);
  } else if (typeof value === 'number') out.push(ofNumber(value));
  else if (typeof value === 'boolean') out.push(Buffer.from([TAG.boolean, value ? 1 : 0]));
  else if (value instanceof Uint8Array) out.push(tagged(TAG.bytes, value.length), Buffer.from(value.buffer, value.byteOffset, value.length));
  else if (Array.isArray(value)) {
    out.push(tagged(TAG.list, value.length));
    for (const one of value) put(one, out);
  } else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined && one !== null).sort(([one], [other]) => byBytes(one, other));
    out.push(tagged(TAG.record, fields.length));
    for (const [name, one] of fields) {
      put(name, out);
      put(one, out);
    }
  } else throw new Fault(`store: no canonical form of ${value === null ? 'null' : typeof value}`);
};

/**
 * The one form in bytes of a value, so that two different values never look alike and anyone can make it again:
 * - text: `01`, number of UTF-8 bytes (u32), the bytes
 * - whole number within ±2^53: `02`, i64 · any other number: `06`, IEEE 754 double
 * - bytes: `03`, their number (u32), the bytes · true or false: `04`, `01` or `00`
 * - list: `05`, number of items (u32), each item
 * - record: `07`, number of fields (u32), then for each, sorted by the bytes of its name: the name as text, the value.
 *   A field that is null or absent is left out.
 *
 * All numbers are big-endian. @throws Fault for anything else, null within a list among it.
 */
export const canonical = (value: unknown): Buffer => {
  const out: Buffer[] = [];
  put(value, out);
  return Buffer.concat(out);
};
