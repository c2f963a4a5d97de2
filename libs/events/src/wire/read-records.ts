/**
 * The records of a batch (magic 2), read once and with care: the client believes what they count, and would loop for
 * minutes, or crash on all that was fetched with them, where it is wrong.
 */
import type { TopicPartition } from '../port.js';
import { ReadRecord, type RecordBatchContext } from './read-record.js';
import { ByteWalk, Malformed } from './varints.js';

const ABSENT = -1;
const NOTHING = Buffer.alloc(0);

/** What the header of a batch says of its records. */
export interface SaidRecords {
  count: number;
  /** Offset of the last one, counted from the batch's. */
  lastDelta: number;
  firstOffset: number;
  /** Epoch ms of all of them, where the broker stamped them; else what each says is counted from `firstTimestamp`. */
  appended: number | undefined;
  firstTimestamp: number;
}

/** The last of several of one name counts; one without a value is none. */
const headersOf = (walk: ByteWalk): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (let left = walk.signed(); left > 0; left -= 1) {
    const name = walk.text(walk.signed());
    const length = walk.signed();
    if (length === ABSENT) delete headers[name];
    else headers[name] = walk.text(length);
  }
  return headers;
};

/** Reads records one after the other: attributes, time, offset, key, value, headers. */
class RecordReading {
  private before = -1;

  constructor(
    private readonly walk: ByteWalk,
    private readonly said: SaidRecords,
    private readonly place: TopicPartition,
    private readonly batch: RecordBatchContext,
  ) {}

  next(): ReadRecord {
    const { walk, said } = this;
    const end = walk.signed() + walk.here;
    walk.skip(1);
    const since = walk.signed();
    const delta = walk.signed();
    const keyLength = walk.signed();
    const key = keyLength === ABSENT ? null : walk.text(keyLength);
    const length = walk.signed();
    const value = length === ABSENT ? NOTHING : walk.bytes(length);
    const headers = headersOf(walk);
    if (walk.here !== end) throw new Malformed('a record has another length than it says');
    // Offsets may leave gaps where a topic is compacted.
    if (delta <= this.before || delta > said.lastDelta) throw new Malformed('a record has an offset out of order');
    this.before = delta;
    const [offset, timestamp] = [String(said.firstOffset + delta), said.appended ?? said.firstTimestamp + since];
    return new ReadRecord(this.place, this.batch, offset, timestamp, key, value, headers);
  }
}

/** The records that these bytes are, all of them and nothing else; else a sentence's end that tells why they are not. */
export const readRecords = (
  bytes: Buffer,
  said: SaidRecords,
  place: TopicPartition,
  batch: RecordBatchContext,
): ReadRecord[] | string => {
  const walk = new ByteWalk(bytes);
  const reading = new RecordReading(walk, said, place, batch);
  const records: ReadRecord[] = [];
  try {
    while (records.length < said.count) records.push(reading.next());
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
  return walk.left === 0 ? records : `${walk.left} bytes stand behind the last record`;
};
