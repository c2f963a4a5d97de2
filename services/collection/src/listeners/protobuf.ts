/** The wire format of Protocol Buffers, read by a table of fields into the objects that its JSON mapping has. */
import type { NativeJson, NativeObject } from '../sources/source.js';

export type FieldType = 'text' | 'base64' | 'hex' | 'uint64' | 'int64' | 'int32' | 'double' | 'bool' | MessageType;
export interface MessageType {
  /** By number; `many` for repeated ones. */
  fields: ReadonlyMap<number, { name: string; type: () => FieldType; many?: true }>;
}

const [VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES] = [0, 1, 2, 5];
const MOST_DEPTH = 200;
/** Fields of all, for each message that may be inside: what is overwritten or unknown costs, too. */
const FIELDS_OF_MESSAGE = 4;

/** The bytes are no such message. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
}

class WireReader {
  here = 0;
  /** Of a number: whether more of it follows. */
  private goesOn = false;

  constructor(
    private readonly bytes: Buffer,
    private readonly budget: { left: number; fields: number },
  ) {}

  /** Up to 28 bits at a time: numbers of any length cost much more, and a body may hold millions of small ones. */
  varint(): number | bigint {
    const low = this.bits();
    if (!this.goesOn) return low;
    const middle = this.bits();
    const high = this.goesOn ? this.bits() : 0;
    if (this.goesOn) throw new BadMessage('a number does not end');
    return BigInt.asUintN(64, BigInt(low) | (BigInt(middle) << 28n) | (BigInt(high) << 56n));
  }

  private bits(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.bytes[this.here];
      if (byte === undefined) throw new BadMessage('a number does not end');
      this.here += 1;
      value |= (byte & 0x7f) << shift;
      this.goesOn = byte >= 0x80;
      if (!this.goesOn) break;
    }
    return value;
  }

  /** Numbers of fields and lengths: small ones. */
  small(): number {
    const byte = this.bytes[this.here];
    if (byte !== undefined && byte < 0x80) {
      this.here += 1;
      return byte;
    }
    const value = this.varint();
    if (value > 0x7fffffff) throw new BadMessage('a length is too large');
    return Number(value);
  }

  slice(length: number): Buffer {
    if (this.here + length > this.bytes.length) throw new BadMessage('a field goes beyond the end');
    const slice = this.bytes.subarray(this.here, this.here + length);
    this.here += length;
    return slice;
  }

  message({ fields }: MessageType, depth = 0): NativeObject {
    this.budget.left -= 1;
    if (depth > MOST_DEPTH || this.budget.left < 0) throw new BadMessage('too much is nested in it');
    const found: NativeObject = {};
    while (this.here < this.bytes.length) {
      this.budget.fields -= 1;
      if (this.budget.fields < 0) throw new BadMessage('too many fields are in it');
      const tag = this.small();
      const [number, wire] = [tag >>> 3, tag & 7];
      const field = fields.get(number);
      if (number === 0) throw new BadMessage('a field has no number');
      if (!field) this.skip(wire);
      else {
        const value = this.value(wire, field.type(), depth);
        if (field.many) ((found[field.name] ??= []) as NativeJson[]).push(value);
        else found[field.name] = value;
      }
    }
    return found;
  }

  private skip(wire: number): void {
    if (wire === VARINT) this.varint();
    else if (wire === EIGHT_BYTES) this.slice(8);
    else if (wire === FOUR_BYTES) this.slice(4);
    else if (wire === LENGTH) this.slice(this.small());
    else throw new BadMessage('a field is of no known sort');
  }

  private value(wire: number, type: FieldType, depth: number): NativeJson {
    if (typeof type === 'object' || type === 'text' || type === 'base64' || type === 'hex') {
      if (wire !== LENGTH) throw new BadMessage('a field is of another sort');
      const bytes = this.slice(this.small());
      if (typeof type === 'object') return new WireReader(bytes, this.budget).message(type, depth + 1);
      return bytes.toString(type === 'text' ? 'utf8' : type);
    }
    if (wire === VARINT) return scalar(this.varint(), type);
    if (wire !== EIGHT_BYTES && wire !== FOUR_BYTES) throw new BadMessage('a field is of another sort');
    const bytes = this.slice(wire === EIGHT_BYTES ? 8 : 4);
    if (wire === FOUR_BYTES) return bytes.readUInt32LE(0);
    return type === 'double' ? bytes.readDoubleLE(0) : scalar(bytes.readBigUInt64LE(0), type);
  }
}

/** Numbers of 64 bits are texts, as in the JSON mapping: no digit is lost. */
const scalar = (value: number | bigint, type: 'uint64' | 'int64' | 'int32' | 'double' | 'bool'): NativeJson => {
  if (type === 'bool') return Boolean(value);
  if (type === 'uint64') return String(value);
  // What is small has no sign.
  if (typeof value === 'number') return type === 'int64' ? String(value) : value;
  return type === 'int64' ? String(BigInt.asIntN(64, value)) : Number(BigInt.asIntN(32, value));
};

/** @param most messages inside. @throws BadMessage */
export const readMessageOf = (type: MessageType, bytes: Buffer, most: number): NativeObject =>
  new WireReader(bytes, { left: most, fields: FIELDS_OF_MESSAGE * most }).message(type);

const varintBytes = (value: number): number[] => {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  return [...bytes, left];
};

/** A field that is a number, as bytes. */
export const numberField = (number: number, value: number): Buffer =>
  Buffer.from([...varintBytes(number << 3), ...varintBytes(value)]);

/** A field that is a text or a message, as bytes. */
export const bytesField = (number: number, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([...varintBytes((number << 3) | LENGTH), ...varintBytes(value.length)]), value]);
