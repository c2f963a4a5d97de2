import type { StreamReading } from '#libs/store';
import type { Runtime } from './runtime.js';

/** Streams remembered. Who is forgotten is asked for in the store. */
const MOST_STREAMS = 10_000;
/** Streams written at once. */
const CHUNK = 1_000;

/** How far a loop has read each stream: remembered, and kept in its store. */
export interface Places {
  /**
   * The place that comes next in each of the streams that were met; the store is asked for those it does not remember,
   * or for all of them `anew`, since what is remembered may lag behind it.
   */
  of(streamIds: readonly string[], anew?: 'anew'): Promise<Map<string, number>>;
  /** What was handled. A gap is written at once, and what is read where one was; else it waits for `write`. */
  note(readings: readonly StreamReading[]): Promise<void>;
  /** Writes what waits. Offsets move after it: whoever begins at them finds no stream read less far. */
  write(): Promise<void>;
}

/** Of the places known the latest; beyond the bound the oldest are forgotten. */
const openMemory = () => {
  const known = new Map<string, number>();
  return {
    known,
    know: (streamId: string, next: number): void => {
      known.delete(streamId);
      known.set(streamId, next);
      for (const oldest of known.keys()) {
        if (known.size <= MOST_STREAMS) break;
        known.delete(oldest);
      }
    },
  };
};

export const openPlaces = ({ store, clock }: Pick<Runtime, 'store' | 'clock'>, loop: string): Places => {
  const { known, know } = openMemory();
  const waiting = new Map<string, StreamReading>();
  const withGap = new Set<string>();
  let turn = Promise.resolve();
  const placeOf = (streamId: string): [string, number][] => {
    const next = known.get(streamId) ?? waiting.get(streamId)?.next;
    return next === undefined ? [] : [[streamId, next]];
  };
  const writeNow = async (): Promise<void> => {
    while (waiting.size > 0) {
      const chunk = [...waiting.values()].slice(0, CHUNK);
      await store.noteReadings(loop, chunk, clock.now());
      // What was read on meanwhile waits for the next.
      for (const one of chunk) if (waiting.get(one.streamId) === one) waiting.delete(one.streamId);
    }
  };
  const write = (): Promise<void> => {
    const mine = turn.then(writeNow);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    of: async (streamIds, anew) => {
      const asked = streamIds.filter((streamId) => anew !== undefined || !known.has(streamId));
      const found = new Map(streamIds.flatMap((streamId) => placeOf(streamId)));
      if (asked.length > 0)
        for (const [streamId, next] of await store.nextPlaces(loop, asked)) {
          // The store may not have heard yet of what was read since.
          const later = Math.max(next, waiting.get(streamId)?.next ?? next);
          found.set(streamId, later);
          know(streamId, later);
        }
      return found;
    },
    note: async (readings) => {
      const urgent = readings.some(({ streamId, gap }) => gap !== undefined || withGap.has(streamId));
      for (const one of readings) {
        waiting.set(one.streamId, one);
        withGap[one.gap ? 'add' : 'delete'](one.streamId);
      }
      if (urgent) await write();
      for (const { streamId, next } of readings) know(streamId, next);
    },
    write,
  };
};
