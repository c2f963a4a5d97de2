import { Damaged } from './chunk-cursor.js';

/** A value as JSON says it: what Windows writes as a number is one, and 64 bits are text where a number would lose digits. */
export type EvtxValue = string | number | boolean;

const two = (value: number): string => value.toString(16).padStart(2, '0');

/** As Windows writes it. */
const guid = (bytes: Buffer): string => {
  if (bytes.length !== 16) throw new Damaged('a GUID has 16 bytes');
  const hex = (...order: number[]): string => order.map((at) => two(bytes[at] ?? 0)).join('');
  return `{${hex(3, 2, 1, 0)}-${hex(5, 4)}-${hex(7, 6)}-${hex(8, 9)}-${hex(10, 11, 12, 13, 14, 15)}}`.toUpperCase();
};

const sid = (bytes: Buffer): string => {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 + 4 * count) throw new Damaged('a SID is shorter than it says');
  const parts = Array.from({ length: count }, (_, at) => bytes.readUInt32LE(8 + 4 * at));
  return ['S', bytes[0], bytes.readUIntBE(2, 6), ...parts].join('-');
};

/** From 1601 on, in steps of 100 ns, which are kept. */
const fileTime = (bytes: Buffer): string => {
  const ticks = bytes.readBigUInt64LE(0);
  const ms = Number(ticks / 10_000n) - 11_644_473_600_000;
  if (!(Math.abs(ms) <= 8.64e15)) throw new Damaged('a time is none');
  return `${new Date(ms).toISOString().slice(0, 19)}.${String(ticks % 10_000_000n).padStart(7, '0')}Z`;
};

const systemTime = (bytes: Buffer): string => {
  const [year = 0, month = 0, , day = 0, hour = 0, minute = 0, second = 0, ms = 0] = Array.from(
    { length: 8 },
    (_, at) => bytes.readUInt16LE(2 * at),
  );
  const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}.${padded(ms, 3)}Z`;
};

const whole = (value: bigint): EvtxValue =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);

const withoutNul = (text: string): string => text.replace(/\0+$/, '');

/** How values of a type are read, and of how many bytes each is; 0: of any. */
const TYPES = new Map<number, [size: number, read: (bytes: Buffer) => EvtxValue]>([
  [0x01, [0, (bytes) => withoutNul(bytes.toString('utf16le'))]],
  [0x02, [0, (bytes) => withoutNul(bytes.toString('latin1'))]],
  [0x03, [1, (bytes) => bytes.readInt8()]],
  [0x04, [1, (bytes) => bytes.readUInt8()]],
  [0x05, [2, (bytes) => bytes.readInt16LE()]],
  [0x06, [2, (bytes) => bytes.readUInt16LE()]],
  [0x07, [4, (bytes) => bytes.readInt32LE()]],
  [0x08, [4, (bytes) => bytes.readUInt32LE()]],
  [0x09, [8, (bytes) => whole(bytes.readBigInt64LE())]],
  [0x0a, [8, (bytes) => whole(bytes.readBigUInt64LE())]],
  [0x0b, [4, (bytes) => String(bytes.readFloatLE())]],
  [0x0c, [8, (bytes) => String(bytes.readDoubleLE())]],
  [0x0d, [4, (bytes) => bytes.readUInt32LE() !== 0]],
  [0x0e, [0, (bytes) => bytes.toString('hex').toUpperCase()]],
  [0x0f, [16, guid]],
  [0x10, [0, (bytes) => (bytes.length === 4 ? `0x${bytes.readUInt32LE().toString(16)}` : hex64(bytes))]],
  [0x11, [8, fileTime]],
  [0x12, [16, systemTime]],
  [0x13, [0, sid]],
  [0x14, [4, (bytes) => `0x${bytes.readUInt32LE().toString(16)}`]],
  [0x15, [8, (bytes) => hex64(bytes)]],
]);

const hex64 = (bytes: Buffer): string => `0x${bytes.readBigUInt64LE().toString(16)}`;

const ARRAY = 0x80;
const TEXT = 0x01;
const MOST_ELEMENTS = 4_096;

const listed = (bytes: Buffer, type: number): EvtxValue[] => {
  if (type === TEXT) return withoutNul(bytes.toString('utf16le')).split('\0');
  const [size, read] = TYPES.get(type) ?? [];
  if (!size || !read) throw new Damaged(`there is no list of values of type ${type}`);
  const count = Math.floor(bytes.length / size);
  if (count > MOST_ELEMENTS) throw new Damaged(`a list has ${count} values`);
  return Array.from({ length: count }, (_, at) => read(bytes.subarray(at * size, (at + 1) * size)));
};

/** The values of some bytes: none of type 0, several of a list. @throws Damaged */
export const valuesOf = (bytes: Buffer, type: number): EvtxValue[] => {
  if (type === 0 || bytes.length === 0) return [];
  if (type & ARRAY) return listed(bytes, type & ~ARRAY);
  const [size, read] = TYPES.get(type) ?? [];
  if (size === undefined || !read) throw new Damaged(`there is no type ${type} of values`);
  if (size > bytes.length) throw new Damaged(`a value of type ${type} has ${bytes.length} bytes`);
  return [read(bytes)];
};
