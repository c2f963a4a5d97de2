import type { Admin } from 'kafkajs';
import { withAdmin } from './admin.js';
import type { Broker, TopicPartition } from './port.js';

/** What a group has committed of a partition. */
export interface GroupCommit extends TopicPartition {
  /** Decimal digits; -1 where nothing was committed. */
  next: string;
}

const committedBy = async (admin: Admin, groupId: string): Promise<GroupCommit[]> =>
  (await admin.fetchOffsets({ groupId })).flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset }) => ({ topic, partition, next: offset })),
  );

/**
 * What groups have committed, by group: over one connection, with a request a group, so that it may be asked often.
 * (`groupLag` has a connection for each, and asks for the ends as well.)
 */
export const groupCommits = (broker: Broker, groupIds: readonly string[]): Promise<Map<string, GroupCommit[]>> =>
  withAdmin(
    broker,
    async (admin) =>
      new Map(await Promise.all(groupIds.map(async (one) => [one, await committedBy(admin, one)] as const))),
  );

/** Of these groups those that have something to read, with what they have committed: each topic is asked for once. */
export const groupsBehind = (broker: Broker, groupIds: readonly string[]): Promise<Map<string, GroupCommit[]>> =>
  withAdmin(broker, async (admin) => {
    const ends = new Map<string, bigint>();
    const found = new Map<string, GroupCommit[]>();
    for (const group of groupIds) found.set(group, await committedBy(admin, group));
    for (const topic of new Set([...found.values()].flat().map((one) => one.topic)))
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        ends.set(`${topic}/${partition}`, BigInt(high));
    const isBehind = ({ topic, partition, next }: GroupCommit): boolean =>
      BigInt(next) >= 0n && BigInt(next) < (ends.get(`${topic}/${partition}`) ?? 0n);
    return new Map([...found].filter(([, commits]) => commits.some(isBehind)));
  });
