import { groupLag, listGroups, type Broker } from '#libs/events';
import { until } from '#stack';

const QUIET_ROUNDS = 5;
const ROUND_MS = 1_000;
const WITHIN_MS = 600_000;

/** The consumer groups of the services, without those that read alone. */
export const groupsOf = async (broker: Broker): Promise<string[]> =>
  (await listGroups(broker)).filter((group) => group.startsWith('vigie.') && !group.includes('.alone.'));

const left = async (broker: Broker, groups: string[]): Promise<number> => {
  // A group that is being rebalanced answers in the next round.
  const lags = await Promise.all(groups.map((group) => groupLag(broker, group).catch(() => [{ lag: 1 }])));
  return lags.flat().reduce((sum, { lag }) => sum + lag, 0);
};

/** Waits until no service has anything left to read, several times in a row. @throws Fault after 10 minutes. */
export const untilQuiet = async (broker: Broker, say: (line: string) => void): Promise<void> => {
  const groups = await groupsOf(broker);
  let quiet = 0;
  const look = async (): Promise<boolean> => {
    const waiting = await left(broker, groups);
    quiet = waiting === 0 ? quiet + 1 : 0;
    if (waiting) say(`  ${waiting} messages left`);
    return quiet === QUIET_ROUNDS;
  };
  await until('the services to catch up', look, WITHIN_MS, { everyMs: ROUND_MS });
};
