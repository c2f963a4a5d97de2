import { isAlive, pause } from '#stack';
import type { PlannedFault } from '../plan/kinds.js';
import type { DiskName } from '../place/disks.js';
import type { DisturbedPlace } from '../place/place.js';
import { consumedAgain } from './stack.js';
import type { Struck } from './struck.js';

/** As an operator does: make room, then start what has ended of it. */
const AFTERWARDS: Record<DiskName, (place: DisturbedPlace) => Promise<Struck>> = {
  lake: async ({ fleet }) => {
    for (const name of fleet.names.filter(({ service }) => service === 'hunting')) await fleet.ready(name);
    return {};
  },
  store: async ({ up: { stack } }) => {
    // It may be there and answer nothing any more.
    await stack.killStore();
    await stack.startStore();
    return {};
  },
  broker: async (place) => {
    const { stack } = place.up;
    const isThere = stack.pids.broker !== undefined && isAlive(stack.pids.broker);
    if (!isThere) await stack.startBroker();
    return consumedAgain(place, Date.now());
  },
};

export const fillDisk = async (place: DisturbedPlace, { what, seconds }: PlannedFault): Promise<Struck> => {
  const name = what as DiskName;
  const why = place.disks.lacking();
  if (why !== undefined) return { skipped: `no small disk can be had here: ${why}` };
  place.disks.fill(name);
  try {
    await pause(seconds * 1_000);
  } finally {
    place.disks.free(name);
  }
  return AFTERWARDS[name](place);
};
