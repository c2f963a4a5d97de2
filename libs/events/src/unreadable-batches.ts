import { unreadOf, type UnreadBatch } from './compression.js';
import type { Cluster } from './assigner.js';

/** What the client asks of a broker and is answered, as far as it matters here. */
interface FetchRequest {
  maxWaitTime: number;
  topics: { topic: string; partitions: { partition: number; fetchOffset: string }[] }[];
}
interface FetchedPartition {
  partition: number;
  highWatermark: string;
  messages: object[];
}
interface FetchResponse {
  responses: { topicName: string; partitions: FetchedPartition[] }[];
}
interface FetchingBroker {
  fetch(asked: FetchRequest): Promise<FetchResponse>;
}

/** A message of the client that stands for a batch nobody could unpack. */
export interface SubstituteMessage {
  unreadable?: { code: string; sentence: string };
}

const substituteFor = ({
  lastOffset,
  timestamp,
  bytes,
  code,
  sentence,
}: UnreadBatch): SubstituteMessage & Record<string, unknown> => ({
  offset: lastOffset,
  timestamp: String(timestamp),
  key: null,
  value: bytes,
  headers: {},
  isControlRecord: false,
  batchContext: { producerId: '-1', inTransaction: false },
  unreadable: { code, sentence },
});

const partOf = ({ responses }: FetchResponse, topic: string, partition: number): FetchedPartition | undefined =>
  responses.find(({ topicName }) => topicName === topic)?.partitions.find((one) => one.partition === partition);

/**
 * Asks for each partition that was answered with nothing alone: in which of them the batch lies is told by nothing
 * else.
 */
const stuck = async (fetch: FetchingBroker['fetch'], asked: FetchRequest, answer: FetchResponse): Promise<void> => {
  for (const { topic, partitions } of asked.topics) {
    for (const one of partitions) {
      const part = partOf(answer, topic, one.partition);
      if (!part || part.messages.length > 0 || BigInt(part.highWatermark) <= BigInt(one.fetchOffset)) continue;
      const found: UnreadBatch[] = [];
      await unreadOf.run(found, () => fetch({ ...asked, maxWaitTime: 0, topics: [{ topic, partitions: [one] }] }));
      if (found[0]) part.messages.push(substituteFor(found[0]));
    }
  }
};

const guarded = (broker: FetchingBroker): FetchingBroker['fetch'] => {
  const fetch = broker.fetch.bind(broker);
  return async (asked) => {
    const found: UnreadBatch[] = [];
    const answer = await unreadOf.run(found, () => fetch(asked));
    // What lies before such a batch is handled first; it is then at the front of a later answer.
    if (found.length > 0) await stuck(fetch, asked, answer);
    return answer;
  };
};

/**
 * Lets one batch that cannot be unpacked (too large, broken, a compression unknown here) stop nobody: the client reads
 * all partitions of an answer or none, and would crash on it for ever. In its place comes one message with its
 * coordinates, its compressed bytes and `unreadable`.
 */
export const guardFetches = (cluster: Cluster): void => {
  const inside = cluster as unknown as { findBroker(which: { nodeId: string }): Promise<FetchingBroker> };
  const find = inside.findBroker.bind(inside);
  const known = new WeakSet<FetchingBroker>();
  inside.findBroker = async (which) => {
    const broker = await find(which);
    if (!known.has(broker)) {
      known.add(broker);
      broker.fetch = guarded(broker);
    }
    return broker;
  };
};
