import { AsyncLocalStorage } from 'node:async_hooks';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { reasonOf } from './errors.js';
import { whyNoRecords, type SaidRecords } from './record-layout.js';
import { TooMuch, unpackings, type PackedBy } from './unpacking.js';

const MIB = 1024 * 1024;

/** Of one batch, unpacked: what a record of 1 MiB on the wire holds, if packed well, and the largest of any topic. */
export const MOST_UNPACKED_BYTES = 32 * MIB;
/** What a batch may unpack to, for each byte on the wire; logs reach 30. Counts beyond 1 MiB. */
const MOST_RATIO = 250;
/** Records of a batch: each costs memory, however small it is. */
const MOST_RECORDS = 200_000;

/** Of one answer of the broker, unpacked: what comes behind is read with a later answer. */
const MOST_OF_ANSWER = { bytes: 64 * MIB, records: 500_000 };

/** A batch that this client does not read: where it lies, and why. */
export interface UnreadBatch {
  /** Decimal digits. */
  firstOffset: string;
  lastOffset: string;
  /** How many records it says it has. */
  records: number;
  /** Epoch ms. */
  timestamp: number;
  /** As it lies on the broker, compressed. */
  bytes: Buffer;
  code: 'TOO_LARGE' | 'BAD_COMPRESSION' | 'UNKNOWN_COMPRESSION' | 'BAD_RECORDS';
  sentence: string;
}

/** One answer of the broker while it is read. */
export class AnswerInReading {
  /** What could not be read. */
  readonly unread: UnreadBatch[] = [];
  /** Something was left to a later answer. */
  isFull = false;
  private bytes = 0;
  private records = 0;

  /** Whether there is room for one more batch. */
  hasRoom(): boolean {
    this.isFull ||= this.bytes >= MOST_OF_ANSWER.bytes || this.records >= MOST_OF_ANSWER.records;
    return !this.isFull;
  }

  count(bytes: number, records: number): void {
    this.bytes += bytes;
    this.records += records;
  }
}

export const answerInReading = new AsyncLocalStorage<AnswerInReading>();

/** Of a record batch, magic 2: what stands between its first byte and its records. */
const HEADER_BYTES = 61;
const [MAGIC_AT, LAST_DELTA_AT, MAX_TIMESTAMP_AT, COUNT_AT] = [16, 23, 35, 57];

/** The header before the records: the client hands over a view of the answer, not a copy. */
const headerOf = (records: Buffer): Buffer | undefined => {
  if (records.byteOffset < HEADER_BYTES) return undefined;
  const header = Buffer.from(records.buffer, records.byteOffset - HEADER_BYTES, HEADER_BYTES);
  return header[MAGIC_AT] === 2 ? header : undefined;
};

/**
 * The client takes an error of this name for the end of what the broker sent of a partition, and reads the other
 * partitions.
 */
class PartialMessageError extends Error {
  override readonly name = 'KafkaJSPartialMessageError';
}

type BatchProblem = Pick<UnreadBatch, 'code' | 'sentence'>;

const unread = (records: Buffer, header: Buffer, { code, sentence }: BatchProblem): PartialMessageError => {
  const first = header.readBigInt64BE(0);
  answerInReading.getStore()?.unread.push({
    firstOffset: String(first),
    lastOffset: String(first + BigInt(header.readInt32BE(LAST_DELTA_AT))),
    records: header.readInt32BE(COUNT_AT),
    timestamp: Number(header.readBigInt64BE(MAX_TIMESTAMP_AT)),
    bytes: Buffer.from(records),
    code,
    sentence,
  });
  return new PartialMessageError(sentence);
};

const roomFor = (packed: Buffer): number => Math.min(MOST_UNPACKED_BYTES, Math.max(MIB, MOST_RATIO * packed.length));

const unpacked = async (packed: Buffer, by: PackedBy): Promise<Buffer | BatchProblem> => {
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

const misfit = (bytes: Buffer, said: SaidRecords): BatchProblem | undefined => {
  if (said.count > MOST_RECORDS)
    return { code: 'TOO_LARGE', sentence: `A batch has ${said.count} records; at most ${MOST_RECORDS} are read.` };
  const why = whyNoRecords(bytes, said);
  return why === undefined
    ? undefined
    : { code: 'BAD_RECORDS', sentence: `A batch of ${bytes.length} bytes is not the records it says: ${why}.` };
};

/** The records of a batch, checked. @throws PartialMessageError in whose place the batch's substitute comes. */
const checked = async (
  records: Buffer,
  unpack: (records: Buffer) => Promise<Buffer | BatchProblem> | Buffer | BatchProblem,
): Promise<Buffer> => {
  const header = headerOf(records);
  if (!header) throw new PartialMessageError('older than record batches');
  const answer = answerInReading.getStore();
  if (answer && !answer.hasRoom()) throw new PartialMessageError('left to a later answer');
  const said = { count: header.readInt32BE(COUNT_AT), lastDelta: header.readInt32BE(LAST_DELTA_AT) };
  const made = await unpack(records);
  const problem = Buffer.isBuffer(made) ? misfit(made, said) : made;
  if (problem) throw unread(records, header, problem);
  answer?.count((made as Buffer).length, said.count);
  return made as Buffer;
};

interface RecordEncoder {
  buffer: Buffer;
}

/** A compression, as the client wants it. */
export interface CompressionCodec {
  compress(encoder: RecordEncoder): Promise<Buffer>;
  decompress(records: Buffer): Promise<Buffer>;
}

const notWritten = (): Promise<Buffer> => Promise.reject(new Error('only gzip is written here'));

/** Reads within bounds what partners may choose; writes gzip, of which level 1 is enough. */
export const boundedCompression = (by: PackedBy): CompressionCodec => ({
  compress: by === 'gzip' ? ({ buffer }) => promisify<Buffer, object, Buffer>(gzip)(buffer, { level: 1 }) : notWritten,
  decompress: (records) => checked(records, (packed) => unpacked(packed, by)),
});

/** What is not packed is checked as well. */
export const noCompression: CompressionCodec = {
  compress: ({ buffer }) => Promise.resolve(buffer),
  decompress: (records) => checked(records, (same) => same),
};

/** A compression that Kafka may have one day: one batch of it stops nobody else. */
export const unknownCompression = (number: number): CompressionCodec => ({
  compress: notWritten,
  decompress: (records) =>
    checked(records, () => ({
      code: 'UNKNOWN_COMPRESSION',
      sentence: `A batch of ${records.length} bytes has a compression that is not known here (${number}).`,
    })),
});
