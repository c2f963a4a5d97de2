/**
 * The lake: telemetry.enriched in, Parquet out. Rows are gathered a while, so that files are few; offsets are committed
 * only when the file that holds them is durable, by name of its offset range, so that nothing is lost and what comes
 * again overwrites or is seen once.
 */
import { retryTopic, type Batch } from '#libs/events';
import { every, type OpenPipe, orSetAside, type Out } from '#libs/service';
import type { TenantLakeEvent } from '../lake/days.js';
import { openGathering, type GatheringPorts } from '../lake/gathering.js';
import { isEnriched, rowsOf } from '../lake/rows.js';

export interface LakeOptions extends GatheringPorts {
  /** Rows of a partition that are written at once. */
  mostRows: number;
  /** Bytes of all partitions that are gathered or being written; beyond, what comes waits until they are written. */
  mostBytes?: number;
  /** How long the first row waits for company. */
  waitMs: number;
}

const RETRY = retryTopic('hunting');
/** Rows have up to a MiB each, and what is gathered is held twice while it is written. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The pipe, and the way to write what it has gathered when the service ends. */
export interface LakePipe extends OpenPipe {
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** What a batch adds to what was gathered of its partition. */
const readable = async ({ topic, records }: Batch, out: Out): Promise<TenantLakeEvent[]> => {
  const rows: TenantLakeEvent[] = [];
  for (const record of topic === RETRY ? records.filter(isEnriched) : records) {
    rows.push(...((await orSetAside(out, record, () => rowsOf(record))) ?? []));
  }
  return rows;
};

export const lakePipe = ({ mostRows, mostBytes = MOST_BYTES, waitMs, write, failed }: LakeOptions): LakePipe => {
  const { bytes, rowsOf: gatheredOf, add, flush, commitWith } = openGathering({ write, failed });
  // What failed was told by whoever gathers.
  const stopFlushing = every(
    waitMs,
    () => flush(),
    () => undefined,
  );
  return {
    manual: commitWith,
    handle: async (batch, out) => {
      const key = await add(batch, await readable(batch, out));
      if (bytes() >= mostBytes) await flush();
      else if (gatheredOf(key) >= mostRows) await flush(key);
    },
    flush: () => flush(),
    stop: async () => {
      await stopFlushing();
      // Reading has ended: what is written now comes again, under the same name or seen once.
      commitWith(async () => undefined);
      await flush();
    },
  };
};
