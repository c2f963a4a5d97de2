import type { OpenDatabase } from './collections.js';
import { letGo, park, parkedStreams } from './parking.js';
import type { Lease } from './port.js';
import type { TenantScope } from './scope.js';

/** Parked streams as the relay knows them: it alone parks them, so it need not ask before each of its sends. */
export interface ParkedKnown {
  /** Lets go what was released, and learns whether anything is parked; once a while, and after another's lease. */
  look(): Promise<void>;
  /** The next look does not wait. */
  forget(): void;
  /** Those of the streams given that are parked; undefined when the lease is lost, and another may let them go. */
  of(streamIds: readonly string[]): Promise<Set<string> | undefined>;
  park(stream: { id: string; tenant: TenantScope; reason: string }): Promise<void>;
}

/** @param everyMs how often it looks while the lease stays where it is. */
export const parkedKnown = (
  opened: OpenDatabase,
  lease: Pick<Lease, 'epoch' | 'isHeld'>,
  everyMs: number,
): ParkedKnown => {
  let known: { epoch: number; at: number; any: boolean } | undefined;
  return {
    look: async () => {
      const [epoch, at] = [lease.epoch(), performance.now()];
      if (known?.epoch === epoch && at < known.at + everyMs) return;
      const found = await opened.patiently('looking for parked streams', () =>
        opened.parked.findOne({ kind: 'STREAM' }, { projection: { _id: 1 } }),
      );
      if (found) await letGo(opened);
      known = { epoch, at, any: found !== null };
    },
    forget: () => {
      known = undefined;
    },
    of: async (streamIds) => {
      // Whoever had the lease meanwhile may have parked something.
      const isNone = known?.any === false && known.epoch === lease.epoch();
      const found = isNone ? new Set<string>() : await parkedStreams(opened, streamIds);
      return lease.isHeld() ? found : undefined;
    },
    park: async (stream) => {
      if (known) known.any = true;
      await park(opened, 'STREAM', stream);
    },
  };
};
