import { gzipSync } from 'node:zlib';
import theirRecord from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
import theirBatches from 'kafkajs/src/protocol/recordBatch/v0/index.js';
import type Encoder from 'kafkajs/src/protocol/encoder.js';
import { crc32c } from './crc32c.js';
import { AnswerInReading, readBatches } from './record-batches.js';

type Make<Given> = (given: Given) => Encoder;
const record = theirRecord as Make<object>;
const { RecordBatch } = theirBatches as { RecordBatch(given: object): Promise<Encoder> };

/** As the client writes it, then stamped by a broker: a first offset, and what else its header says. */
const batch = async (first: number, values: string[], change?: (bytes: Buffer) => Buffer): Promise<Buffer> => {
  const records = values.map((value, offsetDelta) =>
    record({
      offsetDelta,
      timestampDelta: offsetDelta,
      key: `k${offsetDelta}`,
      value: Buffer.from(value),
      headers: { a: 'b' },
    }),
  );
  const made = await RecordBatch({
    records,
    firstTimestamp: 1_000,
    maxTimestamp: 2_000,
    lastOffsetDelta: values.length - 1,
  });
  const bytes = change ? change(Buffer.from(made.buffer)) : Buffer.from(made.buffer);
  bytes.writeBigInt64BE(BigInt(first));
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
  return bytes;
};
const attributes = (bits: number) => (bytes: Buffer) => {
  bytes.writeInt16BE(bits, 21);
  return bytes;
};
const zipped = (bytes: Buffer): Buffer => {
  const packed = Buffer.concat([bytes.subarray(0, 61), gzipSync(bytes.subarray(61))]);
  packed.writeInt32BE(packed.length - 12, 8);
  return attributes(1)(packed);
};
const place = { topic: 'any', partition: 0 };
const read = (...batches: Buffer[]) => readBatches(Buffer.concat(batches), place, new AnswerInReading());
const told = async (...batches: Buffer[]): Promise<string[]> =>
  (await read(...batches)).map((one) =>
    'unreadable' in one
      ? `${one.offset} ${(one.unreadable as { code: string }).code}`
      : `${one.offset} ${String(one.value)}`,
  );

describe('the batches of a partition', () => {
  it('are read one after the other, packed or not', async () => {
    expect(await told(await batch(5, ['a', 'b']), await batch(9, ['c', 'd'], zipped))).toEqual([
      '5 a',
      '6 b',
      '9 c',
      '10 d',
    ]);
    expect(await read(await batch(2 ** 40, ['a', 'b']))).toEqual([
      { ...place, offset: '1099511627776', timestamp: 1_000, key: 'k0', value: Buffer.from('a'), headers: { a: 'b' } },
      { ...place, offset: '1099511627777', timestamp: 1_001, key: 'k1', value: Buffer.from('b'), headers: { a: 'b' } },
    ]);
  });

  it("have the broker's time where it stamps them, and what the client asks of their kind", async () => {
    const [one] = await read(await batch(5, ['a'], attributes(0x08 + 0x10 + 0x20)));
    expect([one?.timestamp, one?.isControlRecord, one?.batchContext]).toEqual([
      2_000,
      true,
      { producerId: '-1', inTransaction: true, isControl: true },
    ]);
  });

  it('end where the answer is cut off', async () => {
    const [whole, cut] = [await batch(5, ['a']), await batch(6, ['b'])];
    for (const length of [0, 11, 61, cut.length - 1])
      expect(await told(whole, cut.subarray(0, length))).toEqual(['5 a']);
  });

  it('end where the answer has no more room, and say so', async () => {
    const answer = new AnswerInReading();
    answer.count(64 * 1024 * 1024, 1);
    expect(await readBatches(await batch(5, ['a']), place, answer)).toEqual([]);
    expect(answer.isFull).toBe(true);
  });

  const flipped = async (): Promise<Buffer> => {
    const bytes = await batch(5, ['a', 'b']);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    return bytes;
  };
  it.each<[string, () => Promise<Buffer>, string]>([
    ['whose sum is that of others', flipped, 'BAD_RECORDS'],
    ['of a compression unknown here', () => batch(5, ['a', 'b'], attributes(7)), 'UNKNOWN_COMPRESSION'],
    ['that says it is packed', () => batch(5, ['a', 'b'], attributes(1)), 'BAD_COMPRESSION'],
    ['that counts too many', () => batch(5, ['a', 'b'], (bytes) => (bytes.writeInt32BE(3, 57), bytes)), 'BAD_RECORDS'],
    [
      'of a million records',
      () => batch(5, ['a', 'b'], (bytes) => (bytes.writeInt32BE(1_000_000, 57), bytes)),
      'TOO_LARGE',
    ],
    [
      'older than record batches',
      () => batch(5, ['a', 'b'], (bytes) => (bytes.writeInt8(1, 16), bytes)),
      'BAD_RECORDS',
    ],
  ])('have one in their place %s, once what is before it is done', async (_name, make, code) => {
    const bad = await make();
    expect(await told(await batch(4, ['before']), bad, await batch(7, ['behind']))).toEqual(['4 before']);
    const [one] = await read(bad, await batch(7, ['behind']));
    expect(one).toMatchObject({ offset: '6', value: bad.subarray(61), unreadable: { code, from: '5' } });
    expect((one as unknown as { unreadable: { sentence: string } }).unreadable.sentence).toMatch(
      / Its offsets are 5 to 6\.$/,
    );
  });
});
