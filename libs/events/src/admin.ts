import kafkajs, { type Admin } from 'kafkajs';
import { withConnection } from './admin-connection.js';
import { Fault, reasonOf } from './errors.js';
import { internalsOf } from './broker-internals.js';
import type { Broker, TopicPartition } from './port.js';
import { retriably } from './retriable.js';
import { untilShown } from './shown.js';
import type { TopicSpec } from './topics.js';
import { pause } from './delays.js';

const onceWithAdmin = async <T>(broker: Broker, work: (admin: Admin) => Promise<T>): Promise<T> => {
  try {
    return await withConnection(internalsOf(broker).kafka, work);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(`the broker refused: ${reasonsOf(error)}`, { cause: error });
  }
};

/**
 * Runs work with an admin connection of its own, and again while the broker says that what it refused for will pass.
 * @throws Fault with the broker's reason.
 */
export const withAdmin = <T>(broker: Broker, work: (admin: Admin) => Promise<T>): Promise<T> =>
  retriably(() => onceWithAdmin(broker, work));

const reasonsOf = (error: unknown): string => {
  const { errors } = error as { errors?: unknown[] };
  return errors
    ? errors.map((one) => `${(one as { topic?: string }).topic ?? ''} ${reasonOf(one)}`.trim()).join('; ')
    : reasonOf(error);
};

const entries = (config: Record<string, string>): { name: string; value: string }[] =>
  Object.entries(config).map(([name, value]) => ({ name, value }));

const create = async (admin: Admin, specs: TopicSpec[]): Promise<void> => {
  if (specs.length === 0) return;
  await admin.createTopics({
    waitForLeaders: false,
    topics: specs.map(({ topic, partitions, replicas, config }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: replicas ?? -1,
      configEntries: entries(config),
    })),
  });
  await led(
    admin,
    specs.map(({ topic }) => topic),
  );
};

/** Until a new topic is known to the broker, and led, asking for it is an error. */
const led = (admin: Admin, topics: string[]): Promise<void> =>
  untilShown(`a leader of ${topics.join(', ')}`, async () => {
    const found = await admin.fetchTopicMetadata({ topics });
    return found.topics.every(
      ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
    );
  });

/** Those whose settings differ from what is wanted, each with all of its own settings as they should be. */
const differing = async (admin: Admin, specs: TopicSpec[]): Promise<Pick<TopicSpec, 'topic' | 'config'>[]> => {
  const { ConfigResourceTypes, ConfigSource } = kafkajs;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: specs.map(({ topic }) => ({ type: ConfigResourceTypes.TOPIC, name: topic })),
  });
  return specs.flatMap((spec) => {
    const now = resources.find(({ resourceName }) => resourceName === spec.topic)?.configEntries ?? [];
    const same = Object.entries(spec.config).every(
      ([name, value]) => now.find(({ configName }) => configName === name)?.configValue === value,
    );
    if (same) return [];
    const own = now
      .filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG)
      .map(({ configName, configValue }) => [configName, configValue] as const);
    return [{ topic: spec.topic, config: { ...Object.fromEntries(own), ...spec.config } }];
  });
};

/** Sets what differs. The call replaces all of a topic's own settings: those not asked for are said again. */
const correct = async (admin: Admin, specs: TopicSpec[]): Promise<string[]> => {
  if (specs.length === 0) return [];
  const wrong = await differing(admin, specs);
  if (wrong.length === 0) return [];
  const changed = wrong.map(({ topic, config }) => ({
    type: kafkajs.ConfigResourceTypes.TOPIC,
    name: topic,
    configEntries: entries(config),
  }));
  await admin.alterConfigs({ validateOnly: false, resources: changed });
  const topics = wrong.map(({ topic }) => topic);
  await untilShown(`the settings of ${topics.join(', ')}`, async () => (await differing(admin, specs)).length === 0);
  return topics;
};

/**
 * Makes topics what they should be: creates the missing, corrects settings. Partitions are never added to a topic that
 * is there, for that would move keys: such topics are named. Resolves once the broker that is asked shows it all.
 */
export const ensureTopics = (
  broker: Broker,
  specs: TopicSpec[],
): Promise<{ created: string[]; corrected: string[]; otherPartitions: string[] }> =>
  withAdmin(broker, async (admin) => {
    const known = new Set(await admin.listTopics());
    const missing = specs.filter(({ topic }) => !known.has(topic));
    const there = specs.filter(({ topic }) => known.has(topic));
    await create(admin, missing);
    const corrected = await correct(admin, there);
    const { topics } = there.length
      ? await admin.fetchTopicMetadata({ topics: there.map(({ topic }) => topic) })
      : { topics: [] };
    const otherPartitions = there.filter(
      ({ topic, partitions }) => topics.find(({ name }) => name === topic)?.partitions.length !== partitions,
    );
    return {
      created: missing.map(({ topic }) => topic),
      corrected,
      otherPartitions: otherPartitions.map(({ topic }) => topic),
    };
  });

/** Names of the topics that the credential may see, sorted. */
export const listTopics = (broker: Broker): Promise<string[]> =>
  withAdmin(broker, async (admin) => (await admin.listTopics()).sort());

/** Deletes those of the topics that exist; resolves once the broker lists them no more. */
export const deleteTopics = (broker: Broker, topics: string[]): Promise<void> =>
  withAdmin(broker, async (admin) => {
    const known = new Set(await admin.listTopics());
    const there = topics.filter((topic) => known.has(topic));
    if (!there.length) return;
    await admin.deleteTopics({ topics: there });
    await untilShown(`the end of ${there.join(', ')}`, async () => {
      const left = new Set(await admin.listTopics());
      return !there.some((topic) => left.has(topic));
    });
  });

/** Next offset of each partition of a topic; none for a topic that is not there. */
export const endOffsets = (broker: Broker, topic: string): Promise<Record<number, string>> =>
  withAdmin(broker, async (admin) => {
    if (!(await admin.listTopics()).includes(topic)) return {};
    const offsets = await admin.fetchTopicOffsets(topic);
    return Object.fromEntries(offsets.map(({ partition, high }) => [partition, high]));
  });

/** How far a group has read a partition. */
export interface GroupPosition extends TopicPartition {
  /** The next offset it reads: what it committed, or the first that is there still. */
  next: string;
  /** Records, and marks of transactions, from there to the end. */
  lag: number;
}

const positionsOf = async (
  admin: Admin,
  { topic, partitions }: { topic: string; partitions: { partition: number; offset: string }[] },
): Promise<GroupPosition[]> => {
  const ranges = await admin.fetchTopicOffsets(topic);
  return partitions.map(({ partition, offset }) => {
    const { low = '0', high = '0' } = ranges.find((range) => range.partition === partition) ?? {};
    const next = BigInt(offset) < BigInt(low) ? BigInt(low) : BigInt(offset);
    return { topic, partition, next: String(next), lag: Number(BigInt(high) - next) };
  });
};

/** How far a group has read a topic, by partition, whether it ever did or not; none for a topic that is not there. */
export const groupPositions = (broker: Broker, groupId: string, topic: string): Promise<GroupPosition[]> =>
  withAdmin(broker, async (admin) => {
    if (!(await admin.listTopics()).includes(topic)) return [];
    const committed = await admin.fetchOffsets({ groupId, topics: [topic] });
    return (await Promise.all(committed.map((one) => positionsOf(admin, one)))).flat();
  });

/** Names of all groups that have members or committed offsets, sorted. */
export const listGroups = (broker: Broker): Promise<string[]> =>
  withAdmin(broker, async (admin) => (await admin.listGroups()).groups.map(({ groupId }) => groupId).sort());

/** How far a group is behind, by partition: records from what it committed (or from the beginning) to the end. */
export const groupLag = (broker: Broker, groupId: string): Promise<(TopicPartition & { lag: number })[]> =>
  withAdmin(broker, async (admin) => {
    const committed = await admin.fetchOffsets({ groupId });
    const found = (await Promise.all(committed.map((one) => positionsOf(admin, one)))).flat();
    return found.map(({ topic, partition, lag }) => ({ topic, partition, lag }));
  });

/** A member that was killed is dropped by the broker after its session time (15 s). */
const EMPTY_WITHIN_MS = 45_000;

const typesOf = (error: unknown): (string | undefined)[] =>
  ((error as { groups?: { error?: { type?: string } }[] }).groups ?? []).map((group) => group.error?.type);

/**
 * Moves a group back to the earliest offsets, by forgetting what it committed: its next reading begins there (with
 * `fromBeginning`, which is the default). Waits for members that were killed to be dropped.
 * @throws Fault while the group has members.
 */
export const rewindGroup = (broker: Broker, groupId: string): Promise<void> =>
  withAdmin(broker, async (admin) => {
    const deadline = Date.now() + EMPTY_WITHIN_MS;
    for (;;) {
      try {
        await admin.deleteGroups([groupId]);
        return;
      } catch (error) {
        const types = typesOf(error);
        if (types.includes('GROUP_ID_NOT_FOUND')) return;
        if (!types.includes('NON_EMPTY_GROUP') || Date.now() > deadline)
          throw new Fault(`the group ${groupId} cannot be rewound: ${types.join() || reasonOf(error)}`, {
            cause: error,
          });
      }
      await pause(1_000);
    }
  });
