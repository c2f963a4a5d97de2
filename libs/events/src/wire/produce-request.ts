/**
 * What a producer sends: all of a request in one piece of memory. (The client writes each record into a buffer of its
 * own, which grows, and copies that into larger ones five times.)
 */
import { ByteWriter, bytesOfText, bytesOfVarint } from './byte-writer.js';
import { crc32c } from './crc32c.js';

/** A record to write: what the client's producer is given, and counts. */
export class OutMessage {
  constructor(
    readonly key: string | null,
    readonly value: Buffer,
    readonly headers: Record<string, string>,
  ) {}
}

/** As the client's producer asks for it. */
export interface ProduceOptions {
  acks: number;
  timeout: number;
  compression?: number;
  transactionalId?: string | null;
  /** The client's own sort of long number, or its digits. */
  producerId: { toString(): string };
  producerEpoch: number;
  topicData: { topic: string; partitions: PartitionData[] }[];
}
interface PartitionData {
  partition: number;
  firstSequence: number;
  messages: OutMessage[];
}

const ABSENT = -1;
const MAGIC = 2;
/** Of a record batch: what stands before its records, before its length ends, and before what its sum is taken of. */
const [BATCH_HEADER, LENGTH_END, SUM_AT, SUMMED_FROM] = [61, 12, 17, 21];

const sized = (bytes: number): number => bytesOfVarint(bytes) + bytes;

const headersBytes = (headers: Record<string, string>): number => {
  const names = Object.keys(headers);
  let bytes = bytesOfVarint(names.length);
  for (const name of names) bytes += sized(bytesOfText(name)) + sized(bytesOfText(headers[name] as string));
  return bytes;
};

/** Of a record, what its length counts: attributes, time (that of the batch), offset, key, value, headers. */
const bodyBytes = ({ key, value, headers }: OutMessage, index: number): number =>
  2 +
  bytesOfVarint(index) +
  (key === null ? bytesOfVarint(ABSENT) : sized(bytesOfText(key))) +
  sized(value.length) +
  headersBytes(headers);

const writeText = (to: ByteWriter, text: string): void => {
  const bytes = bytesOfText(text);
  to.varint(bytes).text(text, bytes);
};

const writeRecord = (to: ByteWriter, { key, value, headers }: OutMessage, index: number, bytes: number): void => {
  to.varint(bytes).int8(0).int8(0).varint(index);
  if (key === null) to.varint(ABSENT);
  else writeText(to, key);
  to.varint(value.length).raw(value);
  const names = Object.keys(headers);
  to.varint(names.length);
  for (const name of names) {
    writeText(to, name);
    writeText(to, headers[name] as string);
  }
};

interface SizedPartition extends PartitionData {
  bodies: number[];
  bytes: number;
}

const sizedPartition = (data: PartitionData): SizedPartition => {
  const bodies = data.messages.map(bodyBytes);
  return { ...data, bodies, bytes: bodies.reduce((sum, body) => sum + sized(body), BATCH_HEADER) };
};

const writeBatch = (
  to: ByteWriter,
  { messages, bodies, bytes, firstSequence }: SizedPartition,
  { producerId, producerEpoch }: ProduceOptions,
  now: bigint,
): void => {
  const from = to.at;
  to.int64(0n)
    .int32(bytes - LENGTH_END)
    .int32(0)
    .int8(MAGIC)
    .int32(0);
  to.int16(0)
    .int32(messages.length - 1)
    .int64(now)
    .int64(now);
  to.int64(BigInt(producerId.toString())).int16(producerEpoch).int32(firstSequence).int32(messages.length);
  for (const [index, message] of messages.entries()) writeRecord(to, message, index, bodies[index] as number);
  to.bytes.writeUInt32BE(crc32c(to.bytes.subarray(from + SUMMED_FROM, to.at)), from + SUM_AT);
};

/**
 * The body of a produce request, versions 3 to 7, of records that are not packed.
 * @param room bytes left free before it, for what the client puts there.
 * @returns all of the bytes, room included.
 */
export const produceRequest = (options: ProduceOptions, room: number): Buffer => {
  const topics = options.topicData.map(({ topic, partitions }) => {
    const all = partitions.map(sizedPartition);
    const name = bytesOfText(topic);
    return { topic, name, all, bytes: 6 + name + all.reduce((sum, { bytes }) => sum + 8 + bytes, 0) };
  });
  const total = topics.reduce((sum, { bytes }) => sum + bytes, room + 12);
  const to = new ByteWriter(Buffer.allocUnsafe(total), room);
  to.int16(ABSENT).int16(options.acks).int32(options.timeout).int32(topics.length);
  const now = BigInt(Date.now());
  for (const { topic, name, all } of topics) {
    to.int16(name).text(topic, name).int32(all.length);
    for (const one of all) {
      to.int32(one.partition).int32(one.bytes);
      writeBatch(to, one, options, now);
    }
  }
  return to.bytes;
};

/** Whether it is what produceRequest() writes. */
export const isPlain = ({ compression = 0, transactionalId, topicData }: ProduceOptions): boolean =>
  compression === 0 &&
  !transactionalId &&
  topicData.every(({ partitions }) =>
    partitions.every(({ messages }) => messages.every((one) => one instanceof OutMessage)),
  );
