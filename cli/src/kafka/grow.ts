import {
  addPartitions,
  groupLag,
  groupMembers,
  partitionsOf,
  topicSpecs,
  whyNotGrown,
  type Broker,
} from '#libs/events';
import { Refused } from '#libs/model';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import { until, type Stack } from '#stack';
import { definitions } from '../pages/definitions.js';
import { groupsOf } from './quiet.js';

/** A topic that is to have more partitions. */
export interface TopicGrowth {
  topic: string;
  from: number;
  to: number;
}

const AS_SET = 0;
/** Keeps for an hour what it has read before it moves on, and minds no order between partitions. */
const UNORDERED = ['vigie.collection.keep-receipts'];
const QUIET_LOOKS = 3;
const EVERY_MS = 1_000;

/** Topics whose number of partitions is the installation's to set, and that have fewer. @throws Refused NO_MULTIPLE */
export const plannedGrowth = async (broker: Broker, to: number): Promise<TopicGrowth[]> => {
  const specs = topicSpecs({ partitions: AS_SET }).filter(({ partitions }) => partitions === AS_SET);
  const has = await partitionsOf(
    broker,
    specs.map(({ topic }) => topic),
  );
  const found = Object.entries(has).map(([topic, from]) => ({ topic, from, to }));
  for (const { topic, from } of found) {
    const why = whyNotGrown(from, to);
    if (why !== undefined) throw new Refused(`${topic}: ${why}`, 'NO_MULTIPLE');
  }
  return found.filter(({ from }) => from < to);
};

const orderedGroups = async (broker: Broker): Promise<string[]> =>
  (await groupsOf(broker)).filter((group) => !UNORDERED.includes(group));

/** What groups have still to read of the topics, as `group topic`: with their numbers, the most first. */
const unread = async (broker: Broker, planned: readonly TopicGrowth[]): Promise<[string, number][]> => {
  const topics = new Set(planned.map(({ topic }) => topic));
  const left = new Map<string, number>();
  for (const group of await orderedGroups(broker)) {
    // A group that is being rebalanced answers in the next round.
    const lags = await groupLag(broker, group).catch(() => [...topics].map((topic) => ({ topic, lag: 1 })));
    for (const { topic, lag } of lags)
      if (topics.has(topic) && lag > 0) left.set(`${group} ${topic}`, (left.get(`${group} ${topic}`) ?? 0) + lag);
  }
  return [...left].sort(([, a], [, b]) => b - a);
};

/** Waits until every group has read all that lies in the topics. @throws Fault when that takes too long */
export const untilRead = async (
  broker: Broker,
  planned: readonly TopicGrowth[],
  { say, withinMs }: { say(line: string): void; withinMs: number },
): Promise<void> => {
  let quiet = 0;
  const look = async (): Promise<boolean> => {
    const [most] = await unread(broker, planned);
    if (most) say(`  to be read still: ${most[0]}, ${most[1]}`);
    quiet = most ? 0 : quiet + 1;
    return quiet >= QUIET_LOOKS;
  };
  await until('everything to be read by every group', look, withinMs, { everyMs: EVERY_MS });
};

/** Waits until no service reads, hence none speaks. @throws Fault when that takes too long */
export const untilStopped = (broker: Broker, withinMs: number): Promise<unknown> =>
  until(
    'all services to be stopped',
    async () => (await groupMembers(broker, await groupsOf(broker))).size === 0,
    withinMs,
    { everyMs: EVERY_MS },
  );

/**
 * Gives topics their new partitions, while no service runs and all is read: so nothing of a key is in a new partition
 * before what lay in its old one was read by every group. What services keep of a partition goes along. Topic by
 * topic: what was interrupted is done by doing it again.
 * @throws Refused NOT_DRAINED when something is unread, or a service runs
 */
export const growTopics = async (
  { mongoUrl }: Pick<Stack, 'mongoUrl'>,
  broker: Broker,
  planned: readonly TopicGrowth[],
  say: (line: string) => void,
): Promise<void> => {
  const running = [...(await groupMembers(broker, await groupsOf(broker))).keys()];
  const [most] = await unread(broker, planned);
  if (running.length > 0 || most)
    throw new Refused(
      most ? `unread still: ${most[0]}, ${most[1]}` : `services run still: ${running.slice(0, 5).join(', ')}`,
      'NOT_DRAINED',
    );
  for (const { topic, from, to } of planned) {
    for (const { name } of definitions.filter(({ pipes }) => pipes?.some((one) => one.from.includes(topic)))) {
      const store = await openStore({ url: mongoUrl, service: name, log: openLog('vigie', 'silent') });
      await store.growCheckpoints(topic, from, to).finally(() => store.close());
    }
    await addPartitions(broker, topic, to);
    say(`${topic}: ${from} to ${to} partitions`);
  }
};
