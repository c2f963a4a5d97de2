import { readMessageOf, type FieldType, type MessageType } from './protobuf.js';

const of = (...types: FieldType[]): MessageType => ({
  fields: new Map(types.map((type, at) => [at + 1, { name: `f${at + 1}`, type: () => type }])),
});
const varint = (value: bigint): number[] => {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  for (; left >= 0x80n; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return [...bytes, Number(left)];
};
const NUMBERS = of('uint64', 'int64', 'int32', 'bool');

it.each<[bigint, string, string, number]>([
  [0n, '0', '0', 0],
  [127n, '127', '127', 127],
  [128n, '128', '128', 128],
  [2n ** 28n - 1n, '268435455', '268435455', 2 ** 28 - 1],
  [2n ** 28n, '268435456', '268435456', 2 ** 28],
  [2n ** 31n - 1n, '2147483647', '2147483647', 2 ** 31 - 1],
  [2n ** 56n - 1n, '72057594037927935', '72057594037927935', -1],
  [2n ** 56n, '72057594037927936', '72057594037927936', 0],
  [
    1_795_892_400_123_456_789n,
    '1795892400123456789',
    '1795892400123456789',
    Number(BigInt.asIntN(32, 1_795_892_400_123_456_789n)),
  ],
  [-1n, '18446744073709551615', '-1', -1],
  [-(2n ** 63n), '9223372036854775808', '-9223372036854775808', 0],
])('the number %i keeps its digits', (value, unsigned, signed, small) => {
  const bytes = Buffer.from([1, 2, 3, 4].flatMap((field) => [field << 3, ...varint(value)]));
  expect(readMessageOf(NUMBERS, bytes, 10)).toEqual({ f1: unsigned, f2: signed, f3: small, f4: value !== 0n });
});

it.each<[string, number[], string]>([
  ['a number without an end', [8, 0x80, 0x80], 'a number does not end'],
  ['a number of more than 64 bits', [8, ...Array.from({ length: 12 }, () => 0x80), 1], 'a number does not end'],
  ['a length beyond the end', [0x2a, 5, 0], 'a field goes beyond the end'],
  ['a length that is no length', [0x2a, ...varint(2n ** 40n)], 'a length is too large'],
  ['fields that are overwritten', Array.from({ length: 41 }, () => [8, 1]).flat(), 'too many fields'],
  ['fields that nobody knows', Array.from({ length: 41 }, () => [0x78, 1]).flat(), 'too many fields'],
])('no message is %s', (_, bytes, why) => {
  expect(() => readMessageOf(NUMBERS, Buffer.from(bytes), 10)).toThrow(why);
});
