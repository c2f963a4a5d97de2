import { groupLag, groupPositions, type Broker } from '#libs/events';
import { pause } from '#stack';
import { groupsOf } from '../../../../cli/src/index.js';

/** A look costs a connection a group. */
const EVERY_MS = 250;

const nextOf = async (broker: Broker, group: string, topics: readonly string[]): Promise<bigint> => {
  const found = (await Promise.all(topics.map((topic) => groupPositions(broker, group, topic)))).flat();
  return found.reduce((sum, { next }) => sum + BigInt(next), 0n);
};

interface WaitingGroup {
  group: string;
  topics: string[];
  next: bigint;
}

const waitingOf = async (broker: Broker, group: string): Promise<WaitingGroup[]> => {
  const behind = (await groupLag(broker, group).catch(() => [])).filter(({ lag }) => lag > 0);
  const topics = [...new Set(behind.map(({ topic }) => topic))];
  return topics.length > 0 ? [{ group, topics, next: await nextOf(broker, group, topics) }] : [];
};

/** Groups that have something to read, and how far they were: asked for at once, since each answer takes a while. */
const waiting = async (broker: Broker): Promise<WaitingGroup[]> =>
  (await Promise.all((await groupsOf(broker)).map((group) => waitingOf(broker, group)))).flat();

/** Those of them that have not read on. */
const standingOf = async (broker: Broker, groups: readonly WaitingGroup[]): Promise<WaitingGroup[]> => {
  const next = await Promise.all(groups.map((one) => nextOf(broker, one.group, one.topics).catch(() => one.next)));
  return groups.filter((one, index) => next[index] === one.next);
};

export interface Consuming {
  /** From when the broker answered until every group had moved that had something to read. */
  seconds: number;
  groups: number;
  /** Those that moved last. */
  last: string[];
  /** Those that had not moved by the end. */
  standing: string[];
}

const namesOf = (groups: readonly WaitingGroup[]): string[] => groups.map(({ group }) => group);

/** Waits until every group that has something to read has read on. @param since when the broker was back, epoch ms. */
export const untilConsuming = async (broker: Broker, since: number, withinMs: number): Promise<Consuming> => {
  const all = await waiting(broker);
  let standing = all;
  let movedAt = Date.now();
  let last: WaitingGroup[] = [];
  while (standing.length > 0 && Date.now() < since + withinMs) {
    await pause(EVERY_MS);
    const still = await standingOf(broker, standing);
    if (still.length < standing.length) {
      movedAt = Date.now();
      last = standing.filter((one) => !still.includes(one));
    }
    standing = still;
  }
  // Where nothing was to be read, nobody was late.
  if (all.length === 0) return { seconds: 0, groups: 0, last: [], standing: [] };
  const until = standing.length > 0 ? Date.now() : movedAt;
  return {
    seconds: Math.round((until - since) / 100) / 10,
    groups: all.length,
    last: namesOf(last),
    standing: namesOf(standing),
  };
};
