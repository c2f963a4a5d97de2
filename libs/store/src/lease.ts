import { randomUUID } from 'node:crypto';
import { isDuplicate } from './errors.js';
import type { OpenDatabase } from './collections.js';
import type { Lease } from './port.js';

/** Times are the store's own clock (`$$NOW`), so that replicas' clocks do not matter. */
export const leaseOf = (opened: OpenDatabase, name: string, leaseMs: number): Lease => {
  const holder = randomUUID();
  let until = 0;
  let epoch = 0;
  const nowMs = { $toLong: '$$NOW' };
  const take = () =>
    opened.leases.findOneAndUpdate(
      { _id: name, $or: [{ holder }, { $expr: { $lt: ['$until', nowMs] } }] },
      [
        {
          $set: {
            epoch: { $cond: [{ $eq: ['$holder', holder] }, '$epoch', { $add: [{ $ifNull: ['$epoch', 0] }, 1] }] },
            holder,
            until: { $add: [nowMs, leaseMs] },
            releasedAt: null,
          },
        },
      ],
      { upsert: true, returnDocument: 'after' },
    );
  return {
    hold: async () => {
      if (performance.now() < until - leaseMs / 2) return true;
      try {
        const { taken, began } = await opened.patiently('holding the lease', async () => ({
          began: performance.now(),
          taken: await take(),
        }));
        if (taken === null) return false;
        epoch = taken.epoch;
        until = began + leaseMs;
        return true;
      } catch (error) {
        // Somebody else's: the upsert met the document it may not change.
        if (!isDuplicate(error)) throw error;
        until = 0;
        return false;
      }
    },
    isHeld: () => performance.now() < until,
    epoch: () => epoch,
    release: async () => {
      until = 0;
      // The document stays for long: whoever holds it next has a later epoch than all before.
      await opened.leases.updateOne({ _id: name, holder }, { $set: { until: 0, holder: '', releasedAt: new Date() } });
    },
  };
};
