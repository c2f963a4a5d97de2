import { endOffsets, listTopics, type Broker } from '#libs/events';

/** How many records each topic has had so far. */
export type TopicEnds = ReadonlyMap<string, number>;

/** Of the topics that services talk on. */
export const topicEnds = async (broker: Broker): Promise<TopicEnds> => {
  const topics = (await listTopics(broker)).filter((topic) => topic.startsWith('vigie.'));
  const ends = topics.map(async (topic) => {
    const offsets = Object.values(await endOffsets(broker, topic));
    return [topic, offsets.reduce((sum, next) => sum + Number(next), 0)] as const;
  });
  return new Map(await Promise.all(ends));
};

/** Records that came meanwhile, by topic, most first. */
export const recordsSince = (before: TopicEnds, after: TopicEnds): Record<string, number> => {
  const came = [...after].map(([topic, next]) => [topic, next - (before.get(topic) ?? 0)] as const);
  return Object.fromEntries(came.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a));
};
