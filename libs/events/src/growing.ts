import { withAdmin } from './admin.js';
import type { Broker } from './port.js';
import { untilShown } from './shown.js';

/** How many partitions topics have, by name; those that are not there are left out. */
export const partitionsOf = (broker: Broker, topics: string[]): Promise<Record<string, number>> =>
  withAdmin(broker, async (admin) => {
    const known = new Set(await admin.listTopics());
    const there = topics.filter((topic) => known.has(topic));
    if (there.length === 0) return {};
    const found = await admin.fetchTopicMetadata({ topics: there });
    return Object.fromEntries(found.topics.map(({ name, partitions }) => [name, partitions.length]));
  });

/** Adds partitions to a topic, until it has so many; resolves once the broker that is asked shows all of them, led. */
export const addPartitions = (broker: Broker, topic: string, to: number): Promise<void> =>
  withAdmin(broker, async (admin) => {
    await admin.createPartitions({ topicPartitions: [{ topic, count: to }] });
    await untilShown(`${to} partitions of ${topic}`, async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const partitions = topics[0]?.partitions ?? [];
      return partitions.length === to && partitions.every(({ leader }) => leader >= 0);
    });
  });

/**
 * How many read with each of these groups; those that nobody reads with are left out. A member that was killed counts
 * until its session ends (15 s).
 */
export const groupMembers = (broker: Broker, groups: string[]): Promise<Map<string, number>> =>
  withAdmin(broker, async (admin) => {
    if (groups.length === 0) return new Map();
    const described = await admin.describeGroups(groups);
    return new Map(
      described.groups.flatMap(({ groupId, members }) =>
        members.length > 0 ? [[groupId, members.length] as const] : [],
      ),
    );
  });
