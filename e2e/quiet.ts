import { groupLag, listGroups, type Broker } from '#libs/events';
import { until } from '#libs/testing';

const ROUNDS = 4;
const BETWEEN_MS = 500;

const behind = async (broker: Broker): Promise<number> => {
  const groups = (await listGroups(broker)).filter((group) => group.startsWith('vigie.') && !group.includes('.alone.'));
  const lags = await Promise.all(groups.map((group) => groupLag(broker, group)));
  return lags.flat().reduce((sum, { lag }) => sum + lag, 0);
};

/** Waits until every service has heard and said all there is: nothing is left to read, several looks in a row. */
export const quiet = async (broker: Broker, withinMs = 240_000): Promise<void> => {
  let [rounds, lookedAt] = [0, 0];
  await until('the services to have nothing left to read', async () => {
    if (Date.now() - lookedAt < BETWEEN_MS) return false;
    lookedAt = Date.now();
    rounds = (await behind(broker)) === 0 ? rounds + 1 : 0;
    return rounds >= ROUNDS;
  }, withinMs);
};
