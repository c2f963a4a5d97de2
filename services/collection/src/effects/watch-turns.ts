import type { Checkpoint, Store } from '#libs/store';
import { MINUTE_MS } from '#libs/terms';
import type { Watching } from '../domain/visibility/gap.js';

/** Where it stands that somebody looks: kept as what a pipe remembers, so that one instance looks, and is fenced. */
const LOOKS = 'vigie.visibility.looks';
/** After this long without a look another instance takes over. */
const SILENT_WATCH_MS = 3 * MINUTE_MS;
/** After this long without a look nobody can say what was missing meanwhile: our own outage is no customer's silence. */
const AWAY_MS = 5 * MINUTE_MS;

export type WatchStore = Pick<Store, 'claimCheckpoint' | 'loadCheckpoint' | 'saveCheckpoint'>;

interface WatchMemory {
  since: number;
  lookedAt: number;
}

const memoryOf = (checkpoint: Checkpoint | undefined): WatchMemory | undefined =>
  checkpoint && (JSON.parse(checkpoint.bytes.toString()) as WatchMemory);

/** Whose turn it is to look, and since when somebody has looked without a break. */
export interface WatchTurns {
  /** @returns none while another instance looks. */
  take(now: number): Promise<Watching | undefined>;
  /** Says that it was looked. @returns false when another instance has taken over meanwhile. */
  done(watching: Watching): Promise<boolean>;
}

/** @param topic names what one instance does at a time. */
export const openWatchTurns = (store: WatchStore, topic = LOOKS): WatchTurns => {
  const place = { topic, partition: 0 };
  let epoch: number | undefined;
  let memory: WatchMemory | undefined;
  const claim = async (now: number): Promise<boolean> => {
    const known = memoryOf(await store.loadCheckpoint(place.topic, place.partition));
    if (known && now - known.lookedAt < SILENT_WATCH_MS) return false;
    const claimed = await store.claimCheckpoint(place.topic, place.partition);
    epoch = claimed.epoch;
    memory = memoryOf(claimed.checkpoint);
    return true;
  };
  return {
    take: async (now) => {
      if (epoch === undefined && !(await claim(now))) return undefined;
      const isUnbroken = memory !== undefined && now - memory.lookedAt <= AWAY_MS;
      return { since: isUnbroken ? (memory?.since ?? now) : now, now };
    },
    done: async ({ since, now }) => {
      memory = { since, lookedAt: now };
      const bytes = Buffer.from(JSON.stringify(memory));
      const saved = await store.saveCheckpoint({ ...place, offset: String(now), epoch: epoch ?? 0, bytes });
      if (!saved) epoch = undefined;
      return saved;
    },
  };
};
