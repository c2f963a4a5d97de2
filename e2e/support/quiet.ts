import { endOffsets, groupLag, listGroups, type Broker } from '#libs/events';
import { until } from '#libs/testing';
import { fromBytes } from '../../services/detection/src/telemetry/telemetry-state.js';
import type { TestInstallation } from './installation.js';

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
  await until(
    'the services to have nothing left to read',
    async () => {
      if (Date.now() - lookedAt < BETWEEN_MS) return false;
      lookedAt = Date.now();
      rounds = (await behind(broker)) === 0 ? rounds + 1 : 0;
      return rounds >= ROUNDS;
    },
    withinMs,
  );
};

const ENRICHED = 'vigie.telemetry.enriched';
/** Repeats are told once a minute, and a checkpoint follows. */
const TOLD_WITHIN_MS = 120_000;

/** Findings that matched again and whose count is still to be told. */
const untold = async ({ broker, storeOf }: TestInstallation): Promise<number> => {
  const partitions = Object.keys(await endOffsets(broker, ENRICHED)).map(Number);
  const checkpoints = await storeOf('detection', (store) =>
    Promise.all(partitions.map((partition) => store.loadCheckpoint(ENRICHED, partition))),
  );
  return checkpoints
    .flatMap((one) => (one ? [...fromBytes(one.bytes).values()] : []))
    .filter(({ count, published }) => count > published).length;
};

/** Waits until every repeated match is told, and heard by all. */
export const settled = async (installed: TestInstallation): Promise<void> => {
  await quiet(installed.broker);
  await until('repeated matches to be told', async () => (await untold(installed)) === 0, TOLD_WITHIN_MS);
  await quiet(installed.broker);
};
