import { Unreadable } from './errors.js';
import { fromRecord, tenantOfKey } from './envelope.js';
import type { Batch, InRecord, OutRecord, ParsedRecord, Publisher } from './port.js';
import { deadLetterTopic, maxMessageBytes, retryTopic } from './topics.js';

const ORIGINAL = 'original.';
/** Room for headers; what is larger is cut. */
const MAX_ORIGINAL_BYTES = maxMessageBytes(deadLetterTopic('any')) - 262_144;

export interface DeadLetters {
  /** Sets a record aside. Resolves when the broker has it: only then may the stream go on. */
  set(record: InRecord, code: string, sentence: string): Promise<void>;
}

/** A dead letter, read back. */
export interface DeadLetter {
  service: string;
  code: string;
  sentence: string;
  tenant: string;
  /** Its value may have been cut to fit: see `cut`. */
  original: InRecord;
  cut: boolean;
}

/** The tenant is the topic's on partners' topics, else the key's: both were checked by the broker or by us. */
const tenantOf = ({ topic, key }: InRecord): string => (topic.startsWith('ingest.') ? topic.split('.')[1] ?? '' : tenantOfKey(key));

const prefixed = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [ORIGINAL + name, value]));

/** The dead letter of a record: original bytes, key and headers; coordinates, tenant, code and sentence as headers. */
export const deadLetterOf = (service: string, record: InRecord, code: string, sentence: string): OutRecord => ({
  topic: deadLetterTopic(service),
  key: record.key,
  value: record.value.subarray(0, MAX_ORIGINAL_BYTES),
  headers: {
    ...prefixed(record.headers),
    dead_service: service,
    dead_code: code,
    dead_sentence: sentence.slice(0, 2_000),
    dead_tenant: tenantOf(record),
    dead_topic: record.topic,
    dead_partition: String(record.partition),
    dead_offset: record.offset,
    dead_timestamp: String(record.timestamp),
    ...(record.value.length > MAX_ORIGINAL_BYTES ? { dead_cut: 'true' } : {}),
  },
});

export const deadLetters = (publisher: Publisher, service: string): DeadLetters => ({
  set: (record, code, sentence) => publisher.send([deadLetterOf(service, record, code, sentence)]),
});

/** Reads a record of a dead-letter topic. */
export const readDeadLetter = ({ key, value, headers }: InRecord): DeadLetter => ({
  service: headers['dead_service'] ?? '',
  code: headers['dead_code'] ?? '',
  sentence: headers['dead_sentence'] ?? '',
  tenant: headers['dead_tenant'] ?? '',
  cut: headers['dead_cut'] === 'true',
  original: {
    topic: headers['dead_topic'] ?? '',
    partition: Number(headers['dead_partition']),
    offset: headers['dead_offset'] ?? '',
    timestamp: Number(headers['dead_timestamp']),
    key,
    value,
    headers: Object.fromEntries(Object.entries(headers).flatMap(([name, text]) => (name.startsWith(ORIGINAL) ? [[name.slice(ORIGINAL.length), text]] : []))),
  },
});

/** The original again, for the service that set it aside and no other. */
export const toRetry = ({ service, original: { key, value, headers } }: DeadLetter): OutRecord => ({ topic: retryTopic(service), key, value, headers });

/**
 * Reads each record of a batch and passes it on, in order; the unreadable become dead letters and the rest goes on.
 * `fn` may throw Unreadable too. Other errors pass through: the batch will come again.
 */
export const eachReadable = async (batch: Batch, letters: DeadLetters, fn: (heard: ParsedRecord, record: InRecord) => Promise<void> | void): Promise<void> => {
  for (const record of batch.records) {
    try {
      await fn(fromRecord(record), record);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      await letters.set(record, error.code, error.message);
    }
  }
};
