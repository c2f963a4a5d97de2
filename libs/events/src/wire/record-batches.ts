import { reasonOf } from '../errors.js';
import type { TopicPartition, UnreadableRecord } from '../port.js';
import { crc32c } from './crc32c.js';
import { UnreadBatch, type ReadRecord } from './read-record.js';
import { readRecords, type SaidRecords } from './read-records.js';
import { TooMuch, unpackings, type PackedBy } from './unpacking.js';

const MIB = 1024 * 1024;

/** Of one batch, unpacked: what a record of 1 MiB on the wire holds, if packed well, and the largest of any topic. */
const MOST_UNPACKED_BYTES = 32 * MIB;
/** What a batch may unpack to, for each byte on the wire; logs reach 30. Counts beyond 1 MiB. */
const MOST_RATIO = 250;
/** Records of a batch: each costs memory, however small it is. */
const MOST_RECORDS = 200_000;

/** Of one answer of the broker, unpacked: what comes behind is read with a later answer. */
const MOST_OF_ANSWER = { bytes: 64 * MIB, records: 500_000 };

/** One answer of the broker while it is read. */
export class AnswerInReading {
  private bytes = 0;
  private records = 0;

  /** One more batch is left to a later answer. */
  get isFull(): boolean {
    return this.bytes >= MOST_OF_ANSWER.bytes || this.records >= MOST_OF_ANSWER.records;
  }

  count(bytes: number, records: number): void {
    this.bytes += bytes;
    this.records += records;
  }
}

/** A record batch, magic 2: where its parts begin. What its length counts begins behind the length. */
const AT = { length: 8, counted: 12, magic: 16, sum: 17, attributes: 21, lastDelta: 23, first: 27, max: 35 } as const;
const [PRODUCER_AT, COUNT_AT, HEADER_BYTES] = [43, 57, 61];
/** Bits of its attributes. */
const [PACKED_BY, APPENDED, IN_TRANSACTION, CONTROL] = [0x07, 0x08, 0x10, 0x20];

/** In the order of Kafka's numbers, which have three bits. */
const COMPRESSIONS: (PackedBy | undefined)[] = [undefined, 'gzip', 'snappy', 'lz4', 'zstd'];

type BatchProblem = Pick<UnreadableRecord['unreadable'], 'code' | 'sentence'>;

const long = (batch: Buffer, at: number): number => Number(batch.readBigInt64BE(at));

const saidIn = (batch: Buffer, attributes: number): SaidRecords => ({
  count: batch.readInt32BE(COUNT_AT),
  lastDelta: batch.readInt32BE(AT.lastDelta),
  firstOffset: long(batch, 0),
  appended: attributes & APPENDED ? long(batch, AT.max) : undefined,
  firstTimestamp: long(batch, AT.first),
});

const roomFor = (packed: Buffer): number => Math.min(MOST_UNPACKED_BYTES, Math.max(MIB, MOST_RATIO * packed.length));

const unpacked = async (packed: Buffer, number: number): Promise<Buffer | BatchProblem> => {
  const by = COMPRESSIONS[number];
  if (!by)
    return {
      code: 'UNKNOWN_COMPRESSION',
      sentence: `A batch of ${packed.length} bytes has a compression that is not known here (${number}).`,
    };
  const room = roomFor(packed);
  const batch = `A batch of ${packed.length} bytes of ${by}`;
  try {
    return await unpackings[by](packed, room);
  } catch (error) {
    return error instanceof TooMuch
      ? { code: 'TOO_LARGE', sentence: `${batch} unpacks to more than ${room}.` }
      : { code: 'BAD_COMPRESSION', sentence: `${batch} cannot be unpacked: ${reasonOf(error)}.` };
  }
};

const isNoRecords = (bytes: Buffer, why: string): BatchProblem => ({
  code: 'BAD_RECORDS',
  sentence: `A batch of ${bytes.length} bytes is not the records it says: ${why}.`,
});

const problemOfHeader = (batch: Buffer, { count }: SaidRecords): BatchProblem | undefined => {
  if (batch[AT.magic] !== 2) return isNoRecords(batch, 'it is older than record batches');
  if (batch.readUInt32BE(AT.sum) !== crc32c(batch.subarray(AT.attributes)))
    return isNoRecords(batch, 'its checksum is that of others');
  return count > MOST_RECORDS
    ? { code: 'TOO_LARGE', sentence: `A batch has ${count} records; at most ${MOST_RECORDS} are read.` }
    : undefined;
};

const recordsOf = async (
  batch: Buffer,
  said: SaidRecords,
  place: TopicPartition,
  answer: AnswerInReading,
): Promise<ReadRecord[] | BatchProblem> => {
  const problem = problemOfHeader(batch, said);
  if (problem) return problem;
  const attributes = batch.readInt16BE(AT.attributes);
  const [packed, by] = [batch.subarray(HEADER_BYTES), attributes & PACKED_BY];
  const bytes = by === 0 ? packed : await unpacked(packed, by);
  if (!Buffer.isBuffer(bytes)) return bytes;
  const records = readRecords(bytes, said, place, {
    producerId: String(batch.readBigInt64BE(PRODUCER_AT)),
    inTransaction: (attributes & IN_TRANSACTION) > 0,
    isControl: (attributes & CONTROL) > 0,
  });
  if (typeof records === 'string') return isNoRecords(bytes, records);
  answer.count(bytes.length, said.count);
  return records;
};

const unreadBatch = (
  batch: Buffer,
  { firstOffset, lastDelta, count }: SaidRecords,
  place: TopicPartition,
  { code, sentence }: BatchProblem,
): UnreadBatch => {
  const [from, lastOffset] = [String(firstOffset), String(firstOffset + Math.max(0, lastDelta))];
  const told = from === lastOffset ? sentence : `${sentence} Its offsets are ${from} to ${lastOffset}.`;
  const said = { lastOffset, timestamp: long(batch, AT.max) };
  const unreadable = { code, sentence: told, count: Math.max(1, count), from };
  return new UnreadBatch(place, said, batch.subarray(HEADER_BYTES), unreadable);
};

/**
 * The records of batches that follow each other, as far as the answer has room for them. A batch that cannot be read
 * stands alone, as one record in its place: what lies before it is handled first.
 * @param bytes may end within a batch, as the broker cuts them.
 */
export const readBatches = async (
  bytes: Buffer,
  place: TopicPartition,
  answer: AnswerInReading,
): Promise<ReadRecord[]> => {
  const all: ReadRecord[][] = [];
  for (let here = 0; bytes.length - here >= HEADER_BYTES; ) {
    const end = here + AT.counted + bytes.readInt32BE(here + AT.length);
    if (end < here + HEADER_BYTES || end > bytes.length || answer.isFull) break;
    const batch = bytes.subarray(here, end);
    const said = saidIn(batch, batch.readInt16BE(AT.attributes));
    const records = await recordsOf(batch, said, place, answer);
    if (!Array.isArray(records)) return all.length > 0 ? all.flat() : [unreadBatch(batch, said, place, records)];
    all.push(records);
    here = end;
  }
  return all.length === 1 ? (all[0] as ReadRecord[]) : all.flat();
};
