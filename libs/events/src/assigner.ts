import kafkajs, { type PartitionAssigner } from 'kafkajs';

export interface GroupMember {
  id: string;
  topics: string[];
}

/** topic -> partitions, of one member. */
export type PartitionAssignment = Record<string, number[]>;

/**
 * Gives each partition to a member that listed its topic: of those the one with the fewest so far, then by id. (The
 * client's own assigner goes by the leader's list alone, so that a topic only others know is read by nobody.)
 * @param partitionsOf the partitions of a topic; none for a topic that is gone.
 */
export const assign = (
  members: GroupMember[],
  partitionsOf: (topic: string) => number[],
): Map<string, PartitionAssignment> => {
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  const given = new Map<string, PartitionAssignment>(sorted.map(({ id }) => [id, {}]));
  const load = new Map<string, number>();
  const topics = [...new Set(sorted.flatMap((member) => member.topics))].sort();
  for (const topic of topics) {
    const listed = sorted.filter((member) => member.topics.includes(topic));
    for (const partition of [...partitionsOf(topic)].sort((a, b) => a - b)) {
      const chosen = listed.reduce((least, member) =>
        (load.get(member.id) ?? 0) < (load.get(least.id) ?? 0) ? member : least,
      );
      load.set(chosen.id, (load.get(chosen.id) ?? 0) + 1);
      const own = given.get(chosen.id) ?? {};
      own[topic] = [...(own[topic] ?? []), partition];
    }
  }
  return given;
};

export type Cluster = Parameters<PartitionAssigner>[0]['cluster'];

/** The leader learns of topics that only other members listed; one that is gone must not hide the others. */
const learnTopics = async (cluster: Cluster, topics: string[]): Promise<void> => {
  try {
    await cluster.addMultipleTargetTopics(topics);
  } catch {
    for (const topic of topics) await cluster.addTargetTopic(topic).catch(() => undefined);
  }
};

const NAME = 'VigieListed';
const VERSION = 0;
const NO_DATA = Buffer.alloc(0);

/** assign() as the client's partition assigner. */
export const listedAssigner: PartitionAssigner = ({ cluster }) => {
  const { MemberMetadata, MemberAssignment } = kafkajs.AssignerProtocol;
  return {
    name: NAME,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: MemberMetadata.encode({ version: VERSION, topics, userData: NO_DATA }),
    }),
    assign: async ({ members }) => {
      const listing = members.map(({ memberId, memberMetadata }) => ({
        id: memberId,
        topics: MemberMetadata.decode(memberMetadata)?.topics ?? [],
      }));
      await learnTopics(cluster, [...new Set(listing.flatMap(({ topics }) => topics))]);
      const given = assign(listing, (topic) =>
        cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId),
      );
      return [...given].map(([memberId, assignment]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({ version: VERSION, assignment, userData: NO_DATA }),
      }));
    },
  };
};

/**
 * Lets former members leave. A consumer that crashed with its broker comes back as a new member, and the group would
 * wait for the old one until its session ends. Who is gone already is no error; who cannot be dismissed times out.
 */
export const dismiss = async (cluster: Cluster, groupId: string, members: Set<string>): Promise<void> => {
  for (const memberId of members) {
    members.delete(memberId);
    try {
      const coordinator = (await cluster.findGroupCoordinator({ groupId })) as unknown as {
        leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>;
      };
      await coordinator.leaveGroup({ groupId, memberId });
    } catch {
      // The broker drops it when its session ends.
    }
  }
};
