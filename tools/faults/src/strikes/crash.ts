import { resolve } from 'node:path';
import type { PlannedFault } from '../plan/kinds.js';
import type { DisturbedPlace } from '../place/place.js';
import { placed } from './replica.js';
import type { Struck } from './struck.js';

const PRELOAD = 'tools/faults/preload/crash-point.cjs';
/** A service whose other replicas have all the work may never come there: that is told. */
export const crashReplica = async ({ fleet }: DisturbedPlace, fault: PlannedFault): Promise<Struck> => {
  const name = placed(fault);
  const more = { NODE_OPTIONS: `--require ${resolve(PRELOAD)}`, VIGIE_FAULTS_CRASH: fault.what ?? '' };
  await fleet.kill(name);
  const hasDied = await fleet.dies(name, more, fault.seconds * 1_000);
  if (!hasDied) await fleet.kill(name);
  await fleet.start(name);
  return hasDied ? {} : { skipped: `it never came to ${fault.what}` };
};
