import { resolve } from 'node:path';
import type { PlannedFault } from '../plan/kinds.js';
import type { DisturbedPlace } from '../place/place.js';
import { nameOf } from '../place/replica.js';
import { placed } from './replica.js';
import type { Struck } from './struck.js';

const PRELOAD = 'tools/faults/preload/crash-point.cjs';

/**
 * A replica whose others have all the work, or the lease, never comes there: then the others are tried, one after the
 * other. A service that never comes there at all is told.
 */
export const crashReplica = async ({ fleet }: DisturbedPlace, fault: PlannedFault): Promise<Struck> => {
  const { service, replica } = placed(fault);
  const all = fleet.names.filter((name) => name.service === service);
  const more = { NODE_OPTIONS: `--require ${resolve(PRELOAD)}`, VIGIE_FAULTS_CRASH: fault.what ?? '' };
  for (const name of [...all.slice(replica - 1), ...all.slice(0, replica - 1)]) {
    await fleet.kill(name);
    const hasDied = await fleet.dies(name, more, fault.seconds * 1_000);
    if (!hasDied) await fleet.kill(name);
    await fleet.start(name);
    if (hasDied) return { said: `${nameOf(name)} ended at ${fault.what}` };
  }
  return { skipped: `it never came to ${fault.what}` };
};
