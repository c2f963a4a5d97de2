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

const readPartition = async (from: Decoder, topic: string, answer: AnswerInReading): Promise<FetchedPartition> => {
  const partition = from.readInt32();
  const head = {
    partition,
    errorCode: from.readInt16(),
    highWatermark: long(from),
    lastStableOffset: long(from),
    lastStartOffset: long(from),
    abortedTransactions: from.readArray(() => ({ producerId: long(from), firstOffset: long(from) })),
    preferredReadReplica: from.readInt32(),
  };
  const batches = from.readBytes();
  return { ...head, messages: batches ? await readBatches(batches, { topic, partition }, answer) : [] };
};

/** @param raw the answer behind its correlation id. */
export const readFetchResponse = async (raw: Buffer): Promise<FetchResponse> => {
  const from = new Decoder(raw);
  const answer = new AnswerInReading();
  const [clientSideThrottleTime, errorCode, sessionId] = [from.readInt32(), from.readInt16(), from.readInt32()];
  const responses = await from.readArrayAsync(async () => {
    const topicName = from.readString() ?? '';
    return { topicName, partitions: await from.readArrayAsync(() => readPartition(from, topicName, answer)) };
  });
  // That the broker throttled it is for the client to heed, from version 8 on.
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses };
};
