import type { Admin, Kafka } from 'kafkajs';
import { withConnection } from './admin-connection.js';
import type { Offsets } from './offsets.js';
import type { PartitionProgress } from './port.js';
import { retriably } from './retriable.js';

export interface PartitionRange extends PartitionProgress {
  low: string;
}

const asking = <T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> =>
  retriably(() => withConnection(kafka, work));

/** First and next offsets of every partition of these topics. @throws when a topic is missing. */
export const rangesOf = (kafka: Kafka, topics: string[]): Promise<PartitionRange[]> =>
  asking(kafka, async (admin) => {
    const ranges = topics.map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => ({ topic, partition, low, next: high })),
    );
    return (await Promise.all(ranges)).flat();
  });

/** Of these topics, those that exist and may be read. */
export const existingTopics = (kafka: Kafka, topics: string[]): Promise<string[]> =>
  asking(kafka, async (admin) => {
    const known = new Set(await admin.listTopics());
    return topics.filter((topic) => known.has(topic));
  });

/**
 * Sets where reading alone begins, for partitions that have no position yet.
 * @returns the offsets at which it has caught up with what was there.
 */
export const positionWithoutGroup = async (
  kafka: Kafka,
  topics: string[],
  offsets: Offsets,
  fromBeginning: boolean,
): Promise<PartitionProgress[]> => {
  const ranges = await rangesOf(kafka, topics);
  for (const { topic, partition, low, next } of ranges) {
    if (offsets.nextOf({ topic, partition }) === undefined)
      offsets.note({ topic, partition, next: fromBeginning ? low : next });
  }
  return ranges.map(({ topic, partition, next }) => ({ topic, partition, next }));
};
