import type { Batch, InRecord } from '#libs/events';
import type { CommitOffsets, Out } from '#libs/service';
import { fileName } from './folders.js';

/** What was gathered of a partition and waits for company: as it came, since that is a tenth of what is made of it. */
interface GatheredRecords {
  topic: string;
  partition: number;
  records: InRecord[];
  out: Out;
  bytes: number;
  first: string;
  last: string;
}

export interface GatheringPorts {
  write(records: readonly InRecord[], name: string, out: Out): Promise<void>;
  /** A write failed: nothing is committed any more, the service must end. Nobody need be waiting for the write. */
  failed(error: unknown): void;
}

/** Records of all partitions that are gathered, or being written. */
export interface Gathering {
  bytes(): number;
  /** Of a partition that are gathered. */
  bytesOf(key: string): number;
  /**
   * Adds a batch to what was gathered of its partition: it follows on, or what came before is written, or is coming
   * again.
   * @returns the partition's key.
   */
  add(batch: Batch, out: Out): Promise<string>;
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
    { topic, partition, records, out, first, last: end }: GatheredRecords,
    commit: CommitOffsets,
  ): Promise<void> => {
    if (broken !== undefined) throw broken;
    try {
      await write(records, fileName(topic, partition, first, end), out);
    } catch (error) {
      broken = error;
      failed(error);
      throw error;
    }
    await commit([{ topic, partition, next: next(end) }]);
  };
  return (taken: GatheredRecords[], commit: CommitOffsets): Promise<void> => {
    const mine = last.then(async () => {
      for (const one of taken) await store(one, commit);
    });
    last = mine.catch(() => undefined);
    return mine;
  };
};

export const openGathering = (ports: GatheringPorts): Gathering => {
  const gathered = new Map<string, GatheredRecords>();
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
    bytesOf: (key) => gathered.get(key)?.bytes ?? 0,
    flush,
    add: async ({ topic, partition, records }, out) => {
      const key = `${topic}/${partition}`;
      const [first, last] = [records[0]?.offset ?? '0', records.at(-1)?.offset ?? '0'];
      const bytes = records.reduce((sum, { value }) => sum + value.length, 0);
      held += bytes;
      const known = gathered.get(key);
      if (known && first === next(known.last)) {
        for (const record of records) known.records.push(record);
        gathered.set(key, { ...known, out, bytes: known.bytes + bytes, last });
        return key;
      }
      if (known && BigInt(first) > BigInt(known.last)) await flush(key);
      // Of a partition that comes again, what was gathered before is dropped.
      held -= gathered.get(key)?.bytes ?? 0;
      gathered.set(key, { topic, partition, records: [...records], out, bytes, first, last });
      return key;
    },
    commitWith: (given) => {
      commit = given;
    },
  };
};
