/**
 * The records of a batch (magic 2) before the client reads them: it believes what they count, and would loop for
 * minutes, or crash on all that was fetched with them, where it is wrong.
 */
import { ByteWalk, Malformed } from './varints.js';

const ABSENT = -1;

const skipBytes = (walk: ByteWalk): void => {
  const length = walk.signed();
  if (length !== ABSENT) walk.skip(length);
};

/** Attributes, time, offset, key, value, headers. @returns its offset, counted from the batch's. */
const skipRecord = (walk: ByteWalk): number => {
  const end = walk.signed() + walk.here;
  walk.skip(1);
  walk.varint();
  const offset = walk.signed();
  skipBytes(walk);
  skipBytes(walk);
  for (let headers = walk.signed(); headers > 0; headers -= 1) {
    walk.skip(walk.signed());
    skipBytes(walk);
  }
  if (walk.here !== end) throw new Malformed('a record has another length than it says');
  return offset;
};

/** What the header of a batch says of its records. */
export interface SaidRecords {
  count: number;
  /** Offset of the last one, counted from the batch's. */
  lastDelta: number;
}

/** Why bytes are not these records, all of them and nothing else; undefined when they are. */
export const whyNoRecords = (bytes: Buffer, { count, lastDelta }: SaidRecords): string | undefined => {
  const walk = new ByteWalk(bytes);
  try {
    for (let [record, before] = [0, -1]; record < count; record += 1) {
      const offset = skipRecord(walk);
      // Offsets may leave gaps where a topic is compacted.
      if (offset <= before || offset > lastDelta) throw new Malformed('a record has an offset out of order');
      before = offset;
    }
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
  return walk.left === 0 ? undefined : `${walk.left} bytes stand behind the last record`;
};
