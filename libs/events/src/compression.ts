import { AsyncLocalStorage } from 'node:async_hooks';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { reasonOf } from './errors.js';

/** Of one compressed batch, unpacked. The largest record any topic takes fits; see maxMessageBytes(). */
export const MOST_UNPACKED_BYTES = 6 * 1024 * 1024;

/** A compressed batch that this client does not read: where it lies, and why. */
export interface UnreadBatch {
  /** Decimal digits. */
  firstOffset: string;
  lastOffset: string;
  /** Epoch ms. */
  timestamp: number;
  /** As it lies on the broker, compressed. */
  bytes: Buffer;
  code: 'TOO_LARGE' | 'BAD_COMPRESSION' | 'UNKNOWN_COMPRESSION';
  sentence: string;
}

/** What could not be unpacked while an answer of the broker was read. */
export const unreadOf = new AsyncLocalStorage<UnreadBatch[]>();

/** Of a record batch, magic 2: what stands between its first byte and its compressed records. */
const HEADER_BYTES = 61;
const [MAGIC_AT, LAST_DELTA_AT, MAX_TIMESTAMP_AT] = [16, 23, 35];

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

const unread = (records: Buffer, code: UnreadBatch['code'], sentence: string): PartialMessageError => {
  const header = headerOf(records);
  if (header) {
    const first = header.readBigInt64BE(0);
    unreadOf.getStore()?.push({
      firstOffset: String(first),
      lastOffset: String(first + BigInt(header.readInt32BE(LAST_DELTA_AT))),
      timestamp: Number(header.readBigInt64BE(MAX_TIMESTAMP_AT)),
      bytes: Buffer.from(records),
      code,
      sentence,
    });
  }
  return new PartialMessageError(sentence);
};

const unpacked = async (records: Buffer): Promise<Buffer> => {
  try {
    return await promisify<Buffer, object, Buffer>(gunzip)(records, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw unread(
        records,
        'TOO_LARGE',
        `A batch of ${records.length} bytes of gzip unpacks to more than ${MOST_UNPACKED_BYTES}.`,
      );
    }
    throw unread(records, 'BAD_COMPRESSION', `A batch of ${records.length} bytes is no gzip: ${reasonOf(error)}.`);
  }
};

interface RecordEncoder {
  buffer: Buffer;
}

/** A compression, as the client wants it. */
export interface CompressionCodec {
  compress(encoder: RecordEncoder): Promise<Buffer>;
  decompress(records: Buffer): Promise<Buffer>;
}

/** Level 1 is enough; what unpacks to too much is left, and others are read. */
export const boundedGzip: CompressionCodec = {
  compress: ({ buffer }) => promisify<Buffer, object, Buffer>(gzip)(buffer, { level: 1 }),
  decompress: unpacked,
};

/** A compression that this client does not read: one batch of it stops nobody else. */
export const unknownCompression = (name: string): CompressionCodec => ({
  compress: () => Promise.reject(new Error(`${name} is not written here`)),
  decompress: (records) =>
    Promise.reject(
      unread(
        records,
        'UNKNOWN_COMPRESSION',
        `A batch of ${records.length} bytes is packed with ${name}; use gzip or none.`,
      ),
    ),
});
