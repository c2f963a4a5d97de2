/**
 * The lake: telemetry.enriched in, Parquet out. Rows are gathered a while, so that files are few; offsets are committed
 * only when the file that holds them is durable, by name of its offset range, so that nothing is lost and what comes
 * again overwrites or is seen once.
 */
import { retryTopic, type Batch } from '#libs/events';
import { orSetAside, type Out, type Pipe } from '#libs/service';
import { fileName } from '../lake/folders.js';
import { isEnriched, rowsOf } from '../lake/rows.js';
import type { Row } from '../lake/days.js';

export interface LakeOptions {
  write(rows: Row[], name: string): Promise<void>;
  /** Rows of a partition that are written at once. */
  mostRows: number;
  /** Bytes of all partitions that are gathered or being written; beyond, what comes waits until they are written. */
  mostBytes?: number;
  /** How long the first row waits for company. */
  waitMs: number;
  /** A write failed: nothing is committed any more, the service must end. Nobody need be waiting for the write. */
  failed(error: unknown): void;
}

const RETRY = retryTopic('hunting');
/** Rows have up to a MiB each, and what is gathered is held twice while it is written. */
const MOST_BYTES = 64 * 1024 * 1024;

interface Gathered {
  topic: string;
  partition: number;
  rows: Row[];
  /** Of the records they came in. */
  bytes: number;
  first: string;
  last: string;
}

type Commit = (offsets: { topic: string; partition: number; next: string }[]) => Promise<void>;

/** The pipe, and the way to write what it has gathered when the service ends. */
export interface LakePipe extends Pipe {
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const next = (offset: string): string => String(BigInt(offset) + 1n);

/** What a batch adds to what was gathered of its partition. */
const readable = async ({ topic, records }: Batch, out: Out): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const record of topic === RETRY ? records.filter(isEnriched) : records) {
    rows.push(...((await orSetAside(out, record, () => rowsOf(record))) ?? []));
  }
  return rows;
};

/** Writes and commits one after the other. After a write that failed for good nothing is committed any more. */
const writer = ({ write, failed }: Pick<LakeOptions, 'write' | 'failed'>) => {
  let last: Promise<void> = Promise.resolve();
  let broken: unknown;
  const store = async ({ topic, partition, rows, first, last: end }: Gathered, commit: Commit): Promise<void> => {
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
  return (taken: Gathered[], commit: Commit): Promise<void> => {
    const mine = last.then(async () => {
      for (const one of taken) await store(one, commit);
    });
    last = mine.catch(() => undefined);
    return mine;
  };
};

export const lakePipe = (options: LakeOptions): LakePipe => {
  const gathered = new Map<string, Gathered>();
  const stored = writer(options);
  const mostBytes = options.mostBytes ?? MOST_BYTES;
  let held = 0;
  let commit: Commit = async () => undefined;

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
  const timer = setInterval(() => {
    if (gathered.size > 0) flush().catch(() => undefined);
  }, options.waitMs);

  /**
   * Adds a batch to what was gathered of its partition: it follows on, or what came before is written, or is coming
   * again.
   */
  const gather = async ({ topic, partition, records }: Batch, rows: Row[]): Promise<string> => {
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
  };

  return {
    name: 'lake',
    topics: ['vigie.telemetry.enriched', RETRY],
    manual: (given) => {
      commit = given;
    },
    handle: async (batch, out) => {
      const key = await gather(batch, await readable(batch, out));
      if (held >= mostBytes) await flush();
      else if ((gathered.get(key)?.rows.length ?? 0) >= options.mostRows) await flush(key);
    },
    flush: () => flush(),
    stop: async () => {
      clearInterval(timer);
      // Reading has ended: what is written now comes again, under the same name or seen once.
      commit = async () => undefined;
      await flush();
    },
  };
};
