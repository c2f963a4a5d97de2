import type { Batch } from '#libs/events';
import type { CommitOffsets } from '#libs/service';
import type { TenantLakeEvent } from './days.js';
import { fileName } from './folders.js';

/** What was gathered of a partition and waits for company. */
interface GatheredRows {
  topic: string;
  partition: number;
  rows: TenantLakeEvent[];
  /** Of the records they came in. */
  bytes: number;
  first: string;
  last: string;
}

export interface GatheringPorts {
  write(rows: TenantLakeEvent[], name: string): Promise<void>;
  /** A write failed: nothing is committed any more, the service must end. Nobody need be waiting for the write. */
  failed(error: unknown): void;
}

/** Rows of all partitions that are gathered, or being written. */
export interface Gathering {
  /** Bytes of the records that they came in. */
  bytes(): number;
  rowsOf(key: string): number;
  /**
   * Adds a batch to what was gathered of its partition: it follows on, or what came before is written, or is coming
   * again.
   * @returns the partition's key.
   */
  add(batch: Batch, rows: TenantLakeEvent[]): Promise<string>;
  /** Writes and commits, one after the other, what was gathered of a partition, or of all. */
  flush(key?: string): Promise<void>;
  commitWith(commit: CommitOffsets): void;
}

const next = (offset: string): string => String(BigInt(offset) + 1n);

/** Writes and commits one after the other. After a write that failed for good nothing is committed any more. */
const writer = ({ write, failed }: GatheringPorts) => {
  let last: Promise<void> = Promise.resolve();
  let broken: unknown;
  const store = async (
    { topic, partition, rows, first, last: end }: GatheredRows,
    commit: CommitOffsets,
  ): Promise<void> => {
    if (broken !== undefined) throw broken;
    try {
      if (rows.length > 0) await write(rows, fileName(topic, partition, first, end));
    } catch (error) {
      broken = error;
      failed(error);
      throw error;
    }
    await commit([{ topic, partition, next: next(end) }]);
  };
  return (taken: GatheredRows[], commit: CommitOffsets): Promise<void> => {
    const mine = last.then(async () => {
      for (const one of taken) await store(one, commit);
    });
    last = mine.catch(() => undefined);
    return mine;
  };
};

export const openGathering = (ports: GatheringPorts): Gathering => {
  const gathered = new Map<string, GatheredRows>();
  const stored = writer(ports);
  let held = 0;
  let commit: CommitOffsets = async () => undefined;

  const flush = (key?: string): Promise<void> => {
    const taken = [...gathered.entries()].filter(([name]) => key === undefined || name === key);
    for (const [name] of taken) gathered.delete(name);
    return stored(
      taken.map(([, one]) => one),
      commit,
    ).finally(() => {
      held -= taken.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    });
  };
  return {
    bytes: () => held,
    rowsOf: (key) => gathered.get(key)?.rows.length ?? 0,
    flush,
    add: async ({ topic, partition, records }, rows) => {
      const key = `${topic}/${partition}`;
      const [first, last] = [records[0]?.offset ?? '0', records.at(-1)?.offset ?? '0'];
      const bytes = records.reduce((sum, { value }) => sum + value.length, 0);
      held += bytes;
      const known = gathered.get(key);
      if (known && first === next(known.last)) {
        gathered.set(key, { ...known, rows: known.rows.concat(rows), bytes: known.bytes + bytes, last });
        return key;
      }
      if (known && BigInt(first) > BigInt(known.last)) await flush(key);
      // Of a partition that comes again, what was gathered before is dropped.
      held -= gathered.get(key)?.bytes ?? 0;
      gathered.set(key, { topic, partition, rows, bytes, first, last });
      return key;
    },
    commitWith: (given) => {
      commit = given;
    },
  };
};
