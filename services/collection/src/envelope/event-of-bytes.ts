/** Bytes as the event of a line (`line.ts`), where a protocol says nothing of what they are. */
import { isUtf8 } from 'node:buffer';
import { valueOf } from '../sources/json-events.js';
import { isObjectStart, skipBlank } from '../sources/json-scan.js';
import { isObject } from '../sources/json-values.js';
import { LATIN_1, type EnvelopeLine } from './line.js';

export type EventOfBytes = Required<Pick<EnvelopeLine, 'event' | 'flags'>>;

/** As a text; where they are not UTF-8, each byte is the character that it is in Latin-1, and the event is flagged. */
export const textOfBytes = (bytes: Buffer): EventOfBytes => {
  const isKnown = isUtf8(bytes);
  return {
    event: Buffer.from(JSON.stringify(bytes.toString(isKnown ? 'utf8' : 'latin1'))),
    flags: isKnown ? [] : [LATIN_1],
  };
};

/** What begins otherwise is not parsed: to find out so that it is no JSON costs ten times as much. */
const mayBeObject = (bytes: Buffer): boolean => isObjectStart(bytes[skipBlank(bytes, 0)]);

/** As the object that they are, else as a text. */
export const eventOfBytes = (bytes: Buffer): EventOfBytes =>
  isUtf8(bytes) && mayBeObject(bytes) && isObject(valueOf(bytes)) ? { event: bytes, flags: [] } : textOfBytes(bytes);
