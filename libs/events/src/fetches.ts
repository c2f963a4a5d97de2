import type { Cluster } from './assigner.js';
import type { FetchResponse } from './wire/fetch-response.js';

/** What the client asks of a broker, as far as it matters here. */
interface FetchRequest {
  topics: { topic: string; partitions: { partition: number; fetchOffset: string }[] }[];
}
interface FetchingBroker {
  fetch(asked: FetchRequest): Promise<FetchResponse>;
}
type AskedPlaces = FetchRequest['topics'];

/** The partitions of which there is more, and nothing was read. */
const withoutAny = ({ topics }: FetchRequest, { responses }: FetchResponse): AskedPlaces =>
  topics
    .map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.filter(({ partition, fetchOffset }) => {
        const part = responses
          .find(({ topicName }) => topicName === topic)
          ?.partitions.find((one) => one.partition === partition);
        return part && part.messages.length === 0 && BigInt(part.highWatermark) > BigInt(fetchOffset);
      }),
    }))
    .filter(({ partitions }) => partitions.length > 0);

/** Those first, the longest waiting before others, that earlier answers had no room for: an answer comes in this order. */
export const inTurn = (asked: AskedPlaces, waiting: AskedPlaces): AskedPlaces => {
  if (waiting.length === 0) return asked;
  const left = asked.map(({ topic, partitions }) => ({ topic, partitions: [...partitions] }));
  const take = (topic: string, partition: number): AskedPlaces => {
    const of = left.find((one) => one.topic === topic)?.partitions ?? [];
    const at = of.findIndex((one) => one.partition === partition);
    return at < 0 ? [] : [{ topic, partitions: of.splice(at, 1) }];
  };
  const first = waiting.flatMap(({ topic, partitions }) =>
    partitions.flatMap(({ partition }) => take(topic, partition)),
  );
  return [...first, ...left.filter(({ partitions }) => partitions.length > 0)];
};

const takenInTurn = (broker: FetchingBroker): FetchingBroker['fetch'] => {
  const fetch = broker.fetch.bind(broker);
  let waiting: AskedPlaces = [];
  return async (given) => {
    const asked = { ...given, topics: inTurn(given.topics, waiting) };
    const answer = await fetch(asked);
    waiting = answer.isFull ? withoutAny(asked, answer) : [];
    return answer;
  };
};

/** Partitions that an answer had no room for come first in the consumer's next fetch. */
export const takeFetchesInTurn = (cluster: Cluster): void => {
  const inside = cluster as unknown as { findBroker(which: { nodeId: string }): Promise<FetchingBroker> };
  const find = inside.findBroker.bind(inside);
  const known = new WeakSet<FetchingBroker>();
  inside.findBroker = async (which) => {
    const broker = await find(which);
    if (!known.has(broker)) {
      known.add(broker);
      broker.fetch = takenInTurn(broker);
    }
    return broker;
  };
};
