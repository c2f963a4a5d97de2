import type { KafkaMessage } from 'kafkajs';
import type { InRecord, UnreadableRecord } from './port.js';
import { UnreadBatch, type ReadRecord } from './wire/read-record.js';

/** Records that the client hands over: they are as they were read (see takeOver). */
export const recordsIn = (messages: KafkaMessage[]): InRecord[] => messages as unknown as ReadRecord[];

/** Whether it stands for a batch that could not be unpacked. */
export const isUnread = (record: InRecord): record is InRecord & UnreadableRecord => record instanceof UnreadBatch;

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
