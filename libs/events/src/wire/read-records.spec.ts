import { readRecords } from './read-records.js';

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let left = value >= 0 ? value * 2 : -value * 2 - 1;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  return [...bytes, left];
};
const text = (value: string): number[] => [...varint(value.length), ...Buffer.from(value)];

interface RecordParts {
  offset?: number;
  value?: number[];
  headers?: number[];
  length?: number;
}

/** A record as producers write it. */
const record = ({ offset = 0, value = text('{}'), headers = varint(0), length }: RecordParts = {}): number[] => {
  const inside = [0, ...varint(1_000), ...varint(offset), ...varint(-1), ...value, ...headers];
  return [...varint(length ?? inside.length), ...inside];
};
const bytes = (...records: number[][]): Buffer => Buffer.from(records.flat());
/** What is read of eight offsets from 40 on, stamped by the broker. */
const read = (given: Buffer, count: number) =>
  readRecords(
    given,
    { count, lastDelta: 8, firstOffset: 40, appended: 1_700_000_000_000, firstTimestamp: 0 },
    { topic: 'any', partition: 3 },
    { producerId: '-1', inTransaction: false, isControl: false },
  );
const withHeader = [...varint(1), ...text('content-type'), ...text('application/json')];

describe('the records of a batch', () => {
  it.each<[string, Buffer, number]>([
    ['one', bytes(record()), 1],
    ['several', bytes(record(), record({ offset: 1 }), record({ offset: 2, headers: withHeader })), 3],
    ['with gaps, as compaction leaves them', bytes(record({ offset: 1 }), record({ offset: 7 })), 2],
    ['without a value', bytes(record({ value: varint(-1) })), 1],
    ['none', bytes(), 0],
  ])('are what it says: %s', (_name, given, count) => expect(read(given, count)).toHaveLength(count));

  it.each<[string, Buffer, number, string]>([
    ['more than there are', bytes(record()), 2 ** 31 - 1, 'a number is cut off'],
    ['fewer than there are', bytes(record(), record({ offset: 1 })), 1, '10 bytes stand behind the last record'],
    ['a value beyond the end', bytes(record({ value: varint(2 ** 30) })), 1, 'a length goes beyond the end'],
    ['a negative length', bytes(record({ value: varint(-2) })), 1, 'a length goes beyond the end'],
    ['two thousand million headers', bytes(record({ headers: varint(2 ** 31 - 1) })), 1, 'a number is cut off'],
    ['a record of another length', bytes(record({ length: 3 })), 1, 'a record has another length than it says'],
    ['a number without end', Buffer.alloc(64, 0xff), 1, 'a number does not end'],
    ['an offset twice', bytes(record(), record()), 2, 'a record has an offset out of order'],
    ['an offset behind the batch', bytes(record({ offset: 9 })), 1, 'a record has an offset out of order'],
  ])('are not what it says: %s', (_name, given, count, why) => expect(read(given, count)).toBe(why));

  it('have place, time, key, value and headers', () => {
    const headers = [...varint(3), ...text('a'), ...text('1'), ...text('b'), ...varint(-1), ...text('a'), ...text('2')];
    expect(read(bytes(record({ offset: 2, headers })), 1)).toEqual([
      {
        topic: 'any',
        partition: 3,
        offset: '42',
        timestamp: 1_700_000_000_000,
        key: null,
        value: Buffer.from('{}'),
        headers: { a: '2' },
      },
    ]);
  });
});
