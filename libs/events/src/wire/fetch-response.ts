/** What the broker answers to a fetch (version 11): its frame read by the client's decoder, the records by ours. */
import Decoder from 'kafkajs/src/protocol/decoder.js';
import type { ReadRecord } from './read-record.js';
import { AnswerInReading, readBatches } from './record-batches.js';

export interface FetchedPartition {
  partition: number;
  errorCode: number;
  /** Decimal digits. */
  highWatermark: string;
  lastStableOffset: string;
  lastStartOffset: string;
  abortedTransactions: { producerId: string; firstOffset: string }[];
  preferredReadReplica: number;
  messages: ReadRecord[];
}

/** In the form that the client's own reading has. */
export interface FetchResponse {
  throttleTime: 0;
  clientSideThrottleTime: number;
  errorCode: number;
  sessionId: number;
  responses: { topicName: string; partitions: FetchedPartition[] }[];
}

const long = (from: Decoder): string => String(from.readInt64());

const readHead = (from: Decoder): Omit<FetchedPartition, 'messages'> => ({
  partition: from.readInt32(),
  errorCode: from.readInt16(),
  highWatermark: long(from),
  lastStableOffset: long(from),
  lastStartOffset: long(from),
  abortedTransactions: from.readArray(() => ({ producerId: long(from), firstOffset: long(from) })),
  preferredReadReplica: from.readInt32(),
});

/** Nothing came, and nothing is said of it. */
const isQuiet = ({ errorCode, preferredReadReplica }: FetchedPartition): boolean =>
  errorCode === 0 && preferredReadReplica === -1;

/** Without partitions of which there is nothing: the client would make work of each, which is all that an idle one has. */
const readTopic = async (from: Decoder, topicName: string, answer: AnswerInReading): Promise<FetchedPartition[]> => {
  const partitions: FetchedPartition[] = [];
  for (let left = from.readInt32(); left > 0; left -= 1) {
    const read: FetchedPartition = { ...readHead(from), messages: [] };
    const batches = from.readBytes();
    const { partition } = read;
    if (batches?.length) read.messages = await readBatches(batches, { topic: topicName, partition }, answer);
    else if (isQuiet(read)) continue;
    partitions.push(read);
  }
  return partitions;
};

/** @param raw the answer behind its correlation id. */
export const readFetchResponse = async (raw: Buffer): Promise<FetchResponse> => {
  const from = new Decoder(raw);
  const answer = new AnswerInReading();
  const [clientSideThrottleTime, errorCode, sessionId] = [from.readInt32(), from.readInt16(), from.readInt32()];
  const responses: FetchResponse['responses'] = [];
  for (let left = from.readInt32(); left > 0; left -= 1) {
    const topicName = from.readString() ?? '';
    const partitions = await readTopic(from, topicName, answer);
    if (partitions.length > 0) responses.push({ topicName, partitions });
  }
  // That the broker throttled it is for the client to heed, from version 8 on.
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses };
};
