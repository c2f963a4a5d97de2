import { createHash } from 'node:crypto';
import { idOf, Unreadable } from '#libs/model';
import { isTenant } from '#libs/terms';
import { fromRecord, tenantOfKey } from './envelope.js';
import type { Batch, InRecord, OutRecord, ParsedRecord, Publisher } from './port.js';
import { deadLetterTopic, maxMessageBytes, retryTopic } from './topics.js';

const ORIGINAL = 'original.';
/** Room for headers; what is larger is cut, which its letter says. */
const MAX_ORIGINAL_BYTES = maxMessageBytes(deadLetterTopic('any')) - 262_144;
const MOST_HEADERS = 64;
const MOST_HEADER_BYTES = 64 * 1024;
const LONGEST_SENTENCE = 2_000;
const LONGEST_KEY = 1_024;

/** What a letter is beyond the record it holds. */
export interface LetterDetails {
  /**
   * The same for the same loss, however often it is told: of a part of a record it must name the part. Default: from
   * the record's place.
   */
  id?: string;
  /** How many losses it stands for. Default 1. */
  count?: number;
  /** The records it stands for, when it holds none of them. */
  ranges?: LostRange[];
}

/** Records of one partition, both ends included, of which `count` have no letter of their own. */
export interface LostRange {
  topic: string;
  partition: number;
  /** Decimal digits. */
  from: string;
  to: string;
  count: number;
}

export interface DeadLetters {
  /** Sets a record aside. Resolves when the broker has it: only then may the stream go on. */
  set(record: InRecord, code: string, sentence: string, about?: LetterDetails): Promise<void>;
}

/** A dead letter, read back. */
export interface DeadLetter {
  /** Two letters of one id tell of one loss: the stream came again. */
  id: string;
  service: string;
  code: string;
  sentence: string;
  tenant: string;
  count: number;
  /** Only of a letter that stands for records it does not hold. */
  ranges?: LostRange[];
  /** Its value may have been cut to fit: see `cut`. */
  original: InRecord;
  cut: boolean;
}

/** The tenant is the topic's on partners' topics, else the key's: both were checked by the broker or by us. */
export const tenantOfRecord = ({ topic, key }: Pick<InRecord, 'topic' | 'key'>): string =>
  topic.startsWith('ingest.') ? (topic.split('.')[1] ?? '') : tenantOfKey(key);

/** Our own headers first: whoever wrote the record may have added as many as he liked. */
const ours = (name: string): number => (/^(?:ce_|vigie-|ingest|eventid$|content-type$)/.test(name) ? 0 : 1);

const prefixed = (headers: Record<string, string>): Record<string, string> => {
  let bytes = 0;
  const kept = Object.entries(headers)
    .sort(([a], [b]) => ours(a) - ours(b))
    .slice(0, MOST_HEADERS)
    .filter(([name, value]) => {
      const size = Buffer.byteLength(name) + Buffer.byteLength(value);
      if (bytes + size > MOST_HEADER_BYTES) return false;
      bytes += size;
      return true;
    });
  const cut = kept.length < Object.keys(headers).length;
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [ORIGINAL + name, value])),
    ...(cut ? { dead_headers_cut: 'true' } : {}),
  };
};

/** Letters of one tenant go to one partition: they drown nobody else's. A name no tenant can have stands for none. */
const keyOf = (tenant: string): string => `${isTenant(tenant) ? tenant : '_'}/letters`;

const placeId = ({ topic, partition, offset, timestamp }: InRecord): string =>
  idOf('dead letter', topic, partition, offset, timestamp);

/** What was sent again and fails again is the loss it was; a note that stands for more than its record names none. */
const idOfLetter = (record: InRecord): string => {
  const note = record.topic.endsWith('.retry') ? noteOn(record) : undefined;
  return note && record.headers[LAST_OF] === undefined ? note.id : placeId(record);
};

/** What a letter says of bytes that it holds the beginning of. */
const cutOf = (value: Buffer): { sentence: string; headers: Record<string, string> } => {
  if (value.length <= MAX_ORIGINAL_BYTES) return { sentence: '', headers: {} };
  const sha256 = createHash('sha256').update(value).digest('hex');
  return {
    sentence: ` Of its ${value.length} bytes (SHA-256 ${sha256}) the first ${MAX_ORIGINAL_BYTES} are kept.`,
    headers: { dead_cut: 'true', dead_bytes: String(value.length), dead_sha256: sha256 },
  };
};

/**
 * The dead letter of a record: original bytes; coordinates, key, headers (64 of them, 64 KiB in all), tenant, code,
 * sentence, id and the number of losses it stands for as headers.
 */
export const deadLetterOf = (
  service: string,
  record: InRecord,
  code: string,
  sentence: string,
  { id = idOfLetter(record), count = 1, ranges }: LetterDetails = {},
): OutRecord => {
  const tenant = tenantOfRecord(record).slice(0, LONGEST_KEY);
  const cut = cutOf(record.value);
  return {
    topic: deadLetterTopic(service),
    key: keyOf(tenant),
    value: record.value.subarray(0, MAX_ORIGINAL_BYTES),
    headers: {
      ...prefixed(record.headers),
      dead_id: id,
      dead_service: service,
      dead_code: code,
      dead_sentence: `${sentence.slice(0, LONGEST_SENTENCE - cut.sentence.length)}${cut.sentence}`,
      dead_tenant: tenant,
      dead_topic: record.topic,
      dead_partition: String(record.partition),
      dead_offset: record.offset,
      dead_timestamp: String(record.timestamp),
      ...(count === 1 ? {} : { dead_count: String(count) }),
      ...(ranges ? { dead_ranges: JSON.stringify(ranges) } : {}),
      ...(record.key === null ? {} : { dead_key: record.key.slice(0, LONGEST_KEY) }),
      ...((record.key?.length ?? 0) > LONGEST_KEY ? { dead_cut: 'true' } : {}),
      ...cut.headers,
    },
  };
};

export const deadLetters = (publisher: Publisher, service: string): DeadLetters => ({
  set: (record, code, sentence, about) => publisher.send([deadLetterOf(service, record, code, sentence, about)]),
});

const ranges = (text: string | undefined): LostRange[] | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as LostRange[]);
  } catch {
    return undefined;
  }
};

/** Reads a record of a dead-letter topic. */
export const readDeadLetter = ({ key, value, headers }: InRecord): DeadLetter => {
  const original: InRecord = {
    topic: headers['dead_topic'] ?? '',
    partition: Number(headers['dead_partition']),
    offset: headers['dead_offset'] ?? '',
    timestamp: Number(headers['dead_timestamp']),
    // Letters without an id are older: their key is the original's.
    key: headers['dead_id'] === undefined ? key : (headers['dead_key'] ?? null),
    value,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, text]) =>
        name.startsWith(ORIGINAL) ? [[name.slice(ORIGINAL.length), text]] : [],
      ),
    ),
  };
  const lost = ranges(headers['dead_ranges']);
  return {
    id: headers['dead_id'] ?? placeId(original),
    service: headers['dead_service'] ?? '',
    code: headers['dead_code'] ?? '',
    sentence: headers['dead_sentence'] ?? '',
    tenant: headers['dead_tenant'] ?? '',
    count: Number(headers['dead_count'] ?? 1),
    ...(lost ? { ranges: lost } : {}),
    cut: headers['dead_cut'] === 'true',
    original,
  };
};

/**
 * On what is sent again: of which letter, and how far its topic's partition was read when it was last told; and that it
 * is the last of the records that the letter stands for.
 */
const [LETTER, TOLD_AT, LAST_OF] = ['vigie-letter', 'vigie-letter-offset', 'vigie-letter-last'];

/** Where a letter was last told: an offset in the one partition that all letters of its tenant go to. */
export interface ReplayedLetter {
  id: string;
  toldAt: string;
}

/**
 * The same record with the note that with it a letter, as it was told at an offset, has been sent again whole.
 * @param isLast of the records that the letter stands for.
 */
export const noted = (record: OutRecord, { id, toldAt }: ReplayedLetter, isLast = false): OutRecord => ({
  ...record,
  headers: { ...record.headers, [LETTER]: id, [TOLD_AT]: toldAt, ...(isLast ? { [LAST_OF]: 'true' } : {}) },
});

/** The note on a record of a retry topic, if there is one. */
export const noteOn = ({ headers }: Pick<InRecord, 'headers'>): ReplayedLetter | undefined => {
  const [id, toldAt] = [headers[LETTER], headers[TOLD_AT]];
  return id === undefined || toldAt === undefined || !/^\d{1,19}$/.test(toldAt) ? undefined : { id, toldAt };
};

/** Whoever wrote a record cannot say that a letter was sent again. */
const withoutNote = ({
  [LETTER]: _letter,
  [TOLD_AT]: _toldAt,
  [LAST_OF]: _last,
  ...headers
}: InRecord['headers']): InRecord['headers'] => headers;

/** The original again, for the service that set it aside and no other. */
export const toRetry = ({ service, original: { key, value, headers } }: DeadLetter): OutRecord => ({
  topic: retryTopic(service),
  key,
  value,
  headers: withoutNote(headers),
});

/**
 * A record as it lies on its topic, for the service that lost it: of a partner's topic all its pieces come again, under
 * the ids they have.
 */
export const recordToRetry = (
  service: string,
  { topic, partition, offset, timestamp, key, value, headers }: InRecord,
): OutRecord => ({
  topic: retryTopic(service),
  key,
  value,
  headers: topic.startsWith('ingest.')
    ? {
        ...withoutNote(headers),
        ingesttopic: topic,
        ingestpartition: String(partition),
        ingestoffset: offset,
        ingesttime: String(timestamp),
        ingestindex: '0',
      }
    : withoutNote(headers),
});

/** A piece of a partner's message, which is of no contract: it is for the pipe that reads such messages. */
export const isOfPartner = ({ headers }: Pick<InRecord, 'headers'>): boolean => headers['ingesttopic'] !== undefined;

/**
 * Reads each record of a batch and passes it on, in order; the unreadable become dead letters and the rest goes on.
 * `fn` may throw Unreadable too. Other errors pass through: the batch will come again.
 */
export const eachReadable = async (
  batch: Batch,
  letters: DeadLetters,
  fn: (heard: ParsedRecord, record: InRecord) => Promise<void> | void,
): Promise<void> => {
  for (const record of batch.records) {
    try {
      await fn(fromRecord(record), record);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      await letters.set(record, error.code, error.message);
    }
  }
};
