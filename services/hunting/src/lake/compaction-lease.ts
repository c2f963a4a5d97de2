import { every } from '#libs/service';
import type { Store } from '#libs/store';
import type { CompactionLease } from './compact.js';

const LEASE_MS = 30_000;

/**
 * A place's lease in the store, renewed while it is held. The epoch fences: one that was lost and won again is another
 * one, under which others may have worked in between.
 */
export const compactionLease = (store: Pick<Store, 'lease'>, place: string): CompactionLease => {
  const lease = store.lease(`lake/${place}`, LEASE_MS);
  let epoch: number | undefined;
  let isLost = false;
  const hold = async (): Promise<boolean> => {
    if (isLost || !(await lease.hold())) isLost = true;
    epoch ??= lease.epoch();
    return !isLost && lease.isHeld() && lease.epoch() === epoch;
  };
  const stopRenewing = every(LEASE_MS / 3, hold, () => undefined);
  return {
    hold,
    release: async () => {
      await stopRenewing();
      await lease.release();
    },
  };
};
