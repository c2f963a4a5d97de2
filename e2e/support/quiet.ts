import { endOffsets, type Broker } from '#libs/events';
import { until } from '#libs/testing';
import { untilQuiet } from '../../cli/src/index.js';
import { fromBytes } from '../../services/detection/src/telemetry/telemetry-state.js';
import type { TestInstallation } from './installation.js';

/** Waits until nothing is left to read, looking twice a second. */
export const quiet = (broker: Broker): Promise<void> => untilQuiet(broker, { everyMs: 500, withinMs: 240_000 });

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
