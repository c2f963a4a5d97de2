import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { SubstituteMessage } from './unreadable-batches.js';
import type { InRecord, TopicPartition, UnreadableRecord } from './port.js';

const EMPTY = Buffer.alloc(0);

const headersOf = (headers: IHeaders | undefined): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    const last = Array.isArray(value) ? value[value.length - 1] : value;
    if (last !== undefined && last !== null) texts[name] = last.toString();
  }
  return texts;
};

/** A record of the client, in our form. */
export const toInRecord = (
  { topic, partition }: TopicPartition,
  { offset, timestamp, key, value, headers }: KafkaMessage,
): InRecord => ({
  topic,
  partition,
  offset,
  timestamp: Number(timestamp),
  key: key?.toString() ?? null,
  value: value ?? EMPTY,
  headers: headersOf(headers),
});

/** What stands for a batch that could not be unpacked; undefined for an ordinary message. */
export const unreadableOf = (
  place: TopicPartition,
  message: KafkaMessage & SubstituteMessage,
): UnreadableRecord | undefined =>
  message.unreadable && { ...toInRecord(place, message), unreadable: message.unreadable };

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
