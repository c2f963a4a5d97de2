import fc from 'fast-check';
import { decode, encode, fromRecord, headersOf, keyOf, type InRecord } from '#libs/events';
import { Unreadable } from '#libs/model';
import { changedBytes, changedText, edits } from './bytes.js';
import { inTime, thrownBy, type Fuzz } from './fuzz.js';
import { anyMessage, latest } from './messages.js';

const MOST_MS = 2_000;
/** Values of a message that were not in its bytes: fields with defaults, a few for each record. */
const DEFAULTS = 64;

const weightOf = (value: unknown): number => {
  if (Buffer.isBuffer(value) || typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + weightOf(one), 1);
};

/** Read, or Unreadable; and never much more than there were bytes. */
const judge = (value: Buffer, read: () => unknown): void => {
  let message: unknown;
  const thrown = inTime(
    MOST_MS,
    () => value.toString('hex'),
    () =>
      thrownBy(() => {
        message = read();
      }),
  );
  if (thrown !== undefined && !(thrown instanceof Unreadable)) throw thrown;
  const weight = weightOf(message);
  if (weight > (value.length + 1) * DEFAULTS) throw new Error(`${value.length} bytes became ${weight} values`);
};

const framedAnew = (value: Buffer, id: number): Buffer => {
  const framed = Buffer.from(value);
  if (framed.length >= 5) framed.writeUInt32BE(id, 1);
  return framed;
};

const values = fc.property(
  anyMessage,
  edits,
  fc.option(fc.constantFrom(...latest), { freq: 3 }),
  ({ message }, changes, other) => {
    const changed = changedBytes(encode(message), changes);
    const value = other ? framedAnew(changed, other.id) : changed;
    judge(value, () => decode(value));
  },
);

/** Headers as a stranger may write them: known names, any text. */
const headers = fc.dictionary(
  fc.constantFrom(
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_time',
    'ce_tenant',
    'ce_subject',
    'ce_sequence',
    'ce_expiresat',
    'ce_basedon',
    'ce_actor',
    '__proto__',
  ),
  fc.string({ maxLength: 40 }),
  { maxKeys: 3 },
);

const records = fc.property(
  anyMessage,
  edits,
  headers,
  fc.boolean(),
  fc.option(fc.string({ maxLength: 20 })),
  ({ contract, message }, changes, odd, whole, key) => {
    const envelope = { id: 'i', type: message.type, source: 'fuzz', subject: 's', time: 1, tenant: 'acme' };
    const good = headersOf(envelope, contract.version);
    const spoiled = Object.fromEntries(
      Object.entries(good).map(([name, text]) => [name, changes.length % 2 ? text : changedText(text, changes)]),
    );
    const value = whole ? encode(message) : changedBytes(encode(message), changes);
    const record: InRecord = {
      topic: contract.topic,
      partition: 0,
      offset: '0',
      timestamp: 1,
      key: key ?? keyOf('acme', message),
      value,
      headers: { ...spoiled, ...odd },
    };
    judge(value, () => fromRecord(record));
  },
);

/** Bytes and headers of our topics: read, or set aside. */
export const codec: Fuzz = {
  name: 'codec',
  runs: 1_500,
  run: ({ runs, seed }) => {
    fc.assert(values, { numRuns: runs, seed });
    fc.assert(records, { numRuns: runs, seed });
  },
};
