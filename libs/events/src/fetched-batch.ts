import type { EachBatchPayload } from 'kafkajs';
import type { Deferred } from './delays.js';
import type { Offsets } from './offsets.js';
import type { Batch, ConsumeOptions, InRecord, KafkaLog, TopicPartition } from './port.js';
import { isUnread } from './records.js';

export interface HandlingSetup {
  options: ConsumeOptions;
  offsets: Offsets;
  log: KafkaLog;
  groupId: string;
  signal: AbortSignal;
  /** Before a batch is handled: schemas it needs are learned. */
  prepare(records: InRecord[]): Promise<void>;
  onProgress(place: TopicPartition, behind: number): void;
  onTrouble(reason: string | undefined): void;
  fail(error: unknown): void;
  /** Leaves a partition out of what is fetched, or takes it in again. */
  pause(place: TopicPartition): void;
  resume(place: TopicPartition): void;
}

/** What one fetch brought of a partition. */
export interface FetchedBatch {
  payload: EachBatchPayload;
  place: TopicPartition;
  lane: string;
  /** Slices of it that are not done, and those that have not gone on either. */
  left: number;
  unsent: number;
  bytes: number;
  generation: number;
  /** So little is to be begun that more may be fetched. */
  ready: Deferred;
  over: Deferred;
}

export type Messages = EachBatchPayload['batch']['messages'];

export const keyOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** Tells the group that its member lives. @returns false when it is no member any more. */
export const beats = (payload: EachBatchPayload): Promise<boolean> =>
  payload.heartbeat().then(
    () => true,
    () => false,
  );

/** A partner's topic belongs to the lane of its tenant; of other topics each partition is one. */
export const laneOf = (place: TopicPartition): string =>
  place.topic.startsWith('ingest.') ? `tenant ${place.topic.split('.')[1] ?? ''}` : keyOf(place);

/** Sets aside what could not be unpacked. @returns the records that could be. */
export const readableOf = async (
  { options, log }: Pick<HandlingSetup, 'options' | 'log'>,
  place: TopicPartition,
  records: Batch['records'],
): Promise<Batch['records']> => {
  const found = records.filter(isUnread);
  if (found.length === 0) return records;
  for (const record of found) {
    if (options.unreadable) await options.unreadable(record);
    else
      log.error(
        { ...place, offset: record.offset, ...record.unreadable },
        'records that cannot be unpacked were left out',
      );
  }
  return records.filter((record) => !isUnread(record));
};
