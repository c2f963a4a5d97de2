/**
 * The lake: telemetry.enriched in, Parquet out. Records are gathered a while, so that files are few; offsets are
 * committed only when the file that holds them is durable, by name of its offset range, so that nothing is lost and
 * what comes again overwrites or is seen once.
 */
import { retryTopic, type InRecord } from '#libs/events';
import { every, type OpenPipe, orSetAside, type Out } from '#libs/service';
import type { TenantLakeEvent } from '../lake/places.js';
import { openGathering, type GatheringPorts } from '../lake/gathering.js';
import { isEnriched, rowsOf } from '../lake/rows.js';

export interface LakeOptions extends Pick<GatheringPorts, 'failed'> {
  /** Makes files of this name of what the batches hold; resolves when all are durable. */
  write(batches: AsyncIterable<TenantLakeEvent[]>, name: string): Promise<void>;
  /** Bytes of records of a partition that are written at once. */
  fileBytes: number;
  /** Of all partitions that are gathered or being written; beyond, what comes waits until they are written. */
  mostBytes?: number;
  /** How long the first record waits for company. */
  waitMs: number;
}

const RETRY = retryTopic('hunting');
/** Records have some MiB each. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The pipe, and the way to write what it has gathered when the service ends. */
export interface LakePipe extends OpenPipe {
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Rows of each record that can be read. */
async function* readable(records: readonly InRecord[], out: Out): AsyncIterable<TenantLakeEvent[]> {
  for (const record of records) {
    if (record.topic === RETRY && !isEnriched(record)) continue;
    yield (await orSetAside(out, record, () => rowsOf(record))) ?? [];
  }
}

export const lakePipe = ({ fileBytes, mostBytes = MOST_BYTES, waitMs, write, failed }: LakeOptions): LakePipe => {
  const { bytes, bytesOf, add, flush, commitWith } = openGathering({
    write: (records, name, out) => write(readable(records, out), name),
    failed,
  });
  // What failed was told by whoever gathers.
  const told = (): void => undefined;
  const stopFlushing = every(waitMs, () => flush(), told);
  return {
    manual: commitWith,
    handle: async (batch, out) => {
      const key = await add(batch, out);
      if (bytes() >= mostBytes) await flush();
      else if (bytesOf(key) >= fileBytes) flush(key).catch(told);
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
