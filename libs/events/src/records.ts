import type { KafkaMessage } from 'kafkajs';
import type { InRecord, TopicPartition, UnreadableRecord } from './port.js';
import { UnreadBatch, type ReadRecord } from './wire/read-record.js';

/** A record that the client hands over, as it was read (see takeOver). */
export const toInRecord = (_place: TopicPartition, message: KafkaMessage): InRecord => message as unknown as ReadRecord;

/** What stands for a batch that could not be unpacked; undefined for an ordinary message. */
export const unreadableOf = (_place: TopicPartition, message: KafkaMessage): UnreadableRecord | undefined => {
  const record: unknown = message;
  return record instanceof UnreadBatch ? record : undefined;
};

/** Consecutive parts of at most `most` records and `mostBytes` of values; a larger record is a part of its own. */
export const parts = <T extends { value: Buffer | null }>(all: T[], most: number, mostBytes: number): T[][] => {
  const found: T[][] = [];
  let bytes = 0;
  for (const one of all) {
    const size = one.value?.length ?? 0;
    const last = found.at(-1);
    if (last && last.length < most && bytes + size <= mostBytes) {
      last.push(one);
      bytes += size;
    } else {
      found.push([one]);
      bytes = size;
    }
  }
  return found;
};
