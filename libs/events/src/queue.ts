import type { OutRecord } from './port.js';
import { maxMessageBytes } from './topics.js';

/** A record that waits to be sent. */
export interface WaitingRecord {
  record: OutRecord;
  bytes: number;
  /** Acknowledged, or given up with that error. */
  done(error?: Error): void;
}

const MAX_SEND_BYTES = 8 * 1024 * 1024;
const MAX_SEND_RECORDS = 5_000;
const RECORD_OVERHEAD = 32;
const HEADER_OVERHEAD = 4;

/** Bytes of a record on the wire, never less. */
export const sizeOf = ({ key, value, headers }: OutRecord): number =>
  Object.entries(headers).reduce(
    (sum, [name, text]) => sum + name.length + Buffer.byteLength(text) + HEADER_OVERHEAD,
    RECORD_OVERHEAD + value.length + (key === null ? 0 : Buffer.byteLength(key)),
  );

/** Room left for the batch around a single record. */
const BATCH_OVERHEAD = 512;
export const isTooLarge = ({ record, bytes }: Pick<WaitingRecord, 'record' | 'bytes'>): boolean =>
  bytes > maxMessageBytes(record.topic) - BATCH_OVERHEAD;

/** Why the record's topic will never take it, if so. */
export const whyTooLarge = (record: OutRecord): string | undefined => {
  const bytes = sizeOf(record);
  if (!isTooLarge({ record, bytes })) return undefined;
  return `a record of ${record.topic} (key ${record.key ?? 'none'}) has ${bytes} bytes, its topic takes ${maxMessageBytes(record.topic)}`;
};

/**
 * What one send may carry: a partition's share of a send becomes one batch, which must stay below the topic's limit, or
 * all of it fails. Bounding the topic's share bounds that of each partition without knowing them.
 */
const topicShare = (topic: string): number => maxMessageBytes(topic) * 0.75;

/** Records in the order they came; take() keeps that order for each topic. */
export class SendQueue {
  private items: WaitingRecord[] = [];
  bytes = 0;

  get length(): number {
    return this.items.length;
  }

  push(item: WaitingRecord): void {
    this.items.push(item);
    this.bytes += item.bytes;
  }

  takeAll(): WaitingRecord[] {
    const all = this.items;
    this.items = [];
    this.bytes = 0;
    return all;
  }

  /** Takes the records of the next send: a record larger than its topic's share goes alone on its topic. */
  take(): WaitingRecord[] {
    const shares = new Map<string, number>();
    const full = new Set<string>();
    const taken: WaitingRecord[] = [];
    const left: WaitingRecord[] = [];
    let total = 0;
    for (const item of this.items) {
      const { topic } = item.record;
      const share = shares.get(topic) ?? 0;
      const fits =
        !full.has(topic) &&
        taken.length < MAX_SEND_RECORDS &&
        (total === 0 || total + item.bytes <= MAX_SEND_BYTES) &&
        (share === 0 || share + item.bytes <= topicShare(topic));
      if (!fits) {
        full.add(topic);
        left.push(item);
        continue;
      }
      taken.push(item);
      shares.set(topic, share + item.bytes);
      total += item.bytes;
    }
    this.items = left;
    this.bytes -= total;
    return taken;
  }
}
