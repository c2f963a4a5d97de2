import { groupLag, listGroups, type Broker } from '#libs/events';
import { until } from '#stack';

const QUIET_ROUNDS = 5;

/** The consumer groups of the services, without those that read alone. */
export const groupsOf = async (broker: Broker): Promise<string[]> =>
  (await listGroups(broker)).filter((group) => group.startsWith('vigie.') && !group.includes('.alone.'));

const left = async (broker: Broker): Promise<number> => {
  // A group that is being rebalanced answers in the next round.
  const lags = await Promise.all(
    (await groupsOf(broker)).map((group) => groupLag(broker, group).catch(() => [{ lag: 1 }])),
  );
  return lags.flat().reduce((sum, { lag }) => sum + lag, 0);
};

export interface QuietOptions {
  /** Told how many messages are left, each time that some are. */
  say?: (line: string) => void;
  everyMs?: number;
  withinMs?: number;
}

/**
 * Waits until every service has heard and said all there is: nothing is left to read, five looks in a row.
 * @throws Fault after `withinMs`, 10 minutes unless told otherwise.
 */
export const untilQuiet = async (
  broker: Broker,
  { say, everyMs = 1_000, withinMs = 600_000 }: QuietOptions = {},
): Promise<void> => {
  let quiet = 0;
  const look = async (): Promise<boolean> => {
    const waiting = await left(broker);
    quiet = waiting === 0 ? quiet + 1 : 0;
    if (waiting) say?.(`  ${waiting} messages left`);
    return quiet === QUIET_ROUNDS;
  };
  await until('the services to have nothing left to read', look, withinMs, { everyMs });
};
