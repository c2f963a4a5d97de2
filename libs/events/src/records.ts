import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { InRecord, Place } from './port.js';

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
export const toInRecord = ({ topic, partition }: Place, { offset, timestamp, key, value, headers }: KafkaMessage): InRecord => ({
  topic,
  partition,
  offset,
  timestamp: Number(timestamp),
  key: key?.toString() ?? null,
  value: value ?? EMPTY,
  headers: headersOf(headers),
});

/** Consecutive parts of at most `size`. */
export const chunks = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
