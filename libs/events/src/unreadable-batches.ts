import { answerInReading, AnswerInReading, type UnreadBatch } from './compression.js';
import type { Cluster } from './assigner.js';
import type { UnreadableRecord } from './port.js';

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
  unreadable?: UnreadableRecord['unreadable'];
}

const substituteFor = ({
  firstOffset,
  lastOffset,
  records,
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
  unreadable: {
    code,
    sentence: firstOffset === lastOffset ? sentence : `${sentence} Its offsets are ${firstOffset} to ${lastOffset}.`,
    count: Math.max(1, records),
    from: firstOffset,
  },
});

const partOf = ({ responses }: FetchResponse, topic: string, partition: number): FetchedPartition | undefined =>
  responses.flatMap(({ topicName, partitions }) =>
    topicName === topic ? partitions.filter((one) => one.partition === partition) : [],
  )[0];

type AskedPlaces = FetchRequest['topics'];

/** The partitions of which there is more, and nothing was read. */
const withoutAny = ({ topics }: FetchRequest, answer: FetchResponse): AskedPlaces =>
  topics
    .map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.filter(({ partition, fetchOffset }) => {
        const part = partOf(answer, topic, partition);
        return part && part.messages.length === 0 && BigInt(part.highWatermark) > BigInt(fetchOffset);
      }),
    }))
    .filter(({ partitions }) => partitions.length > 0);

const read = async (
  fetch: FetchingBroker['fetch'],
  asked: FetchRequest,
): Promise<{ answer: FetchResponse; reading: AnswerInReading }> => {
  const reading = new AnswerInReading();
  return { answer: await answerInReading.run(reading, () => fetch(asked)), reading };
};

/**
 * Asks for each partition that was answered with nothing alone: in which of them the batch lies is told by nothing
 * else.
 */
const stuck = async (fetch: FetchingBroker['fetch'], asked: FetchRequest, answer: FetchResponse): Promise<void> => {
  for (const { topic, partitions } of withoutAny(asked, answer)) {
    for (const one of partitions) {
      const alone = { ...asked, maxWaitTime: 0, topics: [{ topic, partitions: [one] }] };
      const [found] = (await read(fetch, alone)).reading.unread;
      if (found) partOf(answer, topic, one.partition)?.messages.push(substituteFor(found));
    }
  }
};

/** Those first, the longest waiting before others, that earlier answers had no room for: an answer comes in this order. */
const inTurn = (asked: FetchRequest, waiting: AskedPlaces): FetchRequest => {
  if (waiting.length === 0) return asked;
  const left = asked.topics.map(({ topic, partitions }) => ({ topic, partitions: [...partitions] }));
  const take = (topic: string, partition: number): AskedPlaces => {
    const of = left.find((one) => one.topic === topic)?.partitions ?? [];
    const at = of.findIndex((one) => one.partition === partition);
    return at < 0 ? [] : [{ topic, partitions: of.splice(at, 1) }];
  };
  const first = waiting.flatMap(({ topic, partitions }) =>
    partitions.flatMap(({ partition }) => take(topic, partition)),
  );
  return { ...asked, topics: [...first, ...left.filter(({ partitions }) => partitions.length > 0)] };
};

const guarded = (broker: FetchingBroker): FetchingBroker['fetch'] => {
  const fetch = broker.fetch.bind(broker);
  let waiting: AskedPlaces = [];
  return async (given) => {
    const asked = inTurn(given, waiting);
    const { answer, reading } = await read(fetch, asked);
    waiting = reading.isFull ? withoutAny(asked, answer) : [];
    // What lies before such a batch is handled first; it is then at the front of a later answer.
    if (reading.unread.length > 0) await stuck(fetch, asked, answer);
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
