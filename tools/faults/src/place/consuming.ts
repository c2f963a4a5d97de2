import { groupCommits, groupsBehind, type Broker, type GroupCommit } from '#libs/events';
import { pause } from '#stack';
import { groupsOf } from '../../../../cli/src/index.js';

const EVERY_MS = 250;
const SOMETHING_WITHIN_MS = 20_000;

interface WaitingGroup {
  group: string;
  /** Sum of what it has committed. */
  next: bigint;
}

const sumOf = (commits: readonly GroupCommit[]): bigint => commits.reduce((sum, { next }) => sum + BigInt(next), 0n);
const waitingIn = (found: ReadonlyMap<string, GroupCommit[]>): WaitingGroup[] =>
  [...found].map(([group, commits]) => ({ group, next: sumOf(commits) }));

/** Those of them that have not read on; all, where the broker cannot say so just now. */
const standingOf = async (broker: Broker, groups: readonly WaitingGroup[]): Promise<readonly WaitingGroup[]> => {
  const found = await groupCommits(
    broker,
    groups.map(({ group }) => group),
  ).catch(() => undefined);
  return found ? groups.filter(({ group, next }) => sumOf(found.get(group) ?? []) === next) : groups;
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

/** Those that have something to read, as soon as any has: what partners send waits for the broker, too. */
const behindSoon = async (broker: Broker, until: number): Promise<WaitingGroup[]> => {
  for (;;) {
    const found = waitingIn(await groupsBehind(broker, await groupsOf(broker)));
    if (found.length > 0 || Date.now() >= until) return found;
    await pause(EVERY_MS);
  }
};

/** Waits until every group that has something to read has read on. @param since when the broker was back, epoch ms. */
export const untilConsuming = async (broker: Broker, since: number, withinMs: number): Promise<Consuming> => {
  const all = await behindSoon(broker, since + SOMETHING_WITHIN_MS);
  let standing: readonly WaitingGroup[] = all;
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
