import { whyUnreadable } from '../ingest/unreadable-bytes.js';
import { isObject, textOf } from '../sources/json-values.js';
import { concatenated } from '../sources/json-scan.js';
import { piecesIn } from '../sources/pieces.js';
import type { MessageForm, NativeJson, NativeObject } from '../sources/source.js';
import { Refusal } from './refusal.js';

/** A way to post events: path, what it answers and how it cuts a body into events. */
export interface BodyFormat {
  /** @throws Refusal 415 when the body is no text, 400 when it is not of this format, or nests too deeply to be taken apart. */
  read(body: Buffer): Buffer[];
  status: 200 | 202;
  /** Fields the protocol's clients expect in a good answer. */
  extra: Record<string, unknown>;
  /** Status that the protocol's clients repeat, for one of ours that they give up on. */
  instead?: Partial<Record<number, 503>>;
}

const notThis = (what: string): Refusal => new Refusal(400, 'BAD_BODY', `The body is not ${what}.`);

const parsed = (bytes: Buffer | string, what: string): NativeJson => {
  try {
    return JSON.parse(String(bytes)) as NativeJson;
  } catch {
    throw notThis(what);
  }
};

/** JSON of a part of a body. JSON.parse takes any depth, JSON.stringify does not. */
const json = (value: NativeJson): Buffer => {
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    throw new Refusal(400, 'TOO_DEEP', 'An event of the body nests too deeply.');
  }
};

/** An event that came as text: as it is when it is a JSON object, else as the message of one. */
const fromText = (text: string, around: NativeObject): Buffer => {
  try {
    if (isObject(JSON.parse(text) as NativeJson)) return Buffer.from(text);
  } catch {
    // Plain text is welcome too.
  }
  return json({ ...around, message: text });
};

/** Events of one request. */
export const MOST_EVENTS = 100_000;
/** Objects and arrays of a body that is parsed as one value. */
const MOST_VALUES = 1_000_000;

const tooMany = (what: string): Refusal =>
  new Refusal(
    413,
    'TOO_MANY_EVENTS',
    `The body holds more than ${what}; send several. Nothing of this request was accepted.`,
  );

const counted = (events: Buffer[]): Buffer[] => {
  if (events.length > MOST_EVENTS) throw tooMany(`${MOST_EVENTS} events`);
  return events;
};

/** Which kind of source it is for is the normaliser's business: lines go on as they are, also those that are no JSON. */
const ANY_SOURCE: MessageForm = { text: true, isRaw: true };

/** JSON values in any sequence, or lines of text. */
export const ndjson: BodyFormat = {
  read: (body) => {
    const unreadable = whyUnreadable(body);
    if (unreadable) throw new Refusal(415, unreadable.code, unreadable.sentence);
    return counted(piecesIn(body, ANY_SOURCE, MOST_EVENTS + 1).map(({ bytes }) => bytes));
  },
  status: 202,
  extra: {},
};

const HEC = 'a sequence of HEC events, each a JSON object with "event"';

const hecEvent = (bytes: Buffer): Buffer => {
  const envelope = parsed(bytes, HEC);
  if (!isObject(envelope) || envelope.event === undefined || envelope.event === null) throw notThis(HEC);
  if (typeof envelope.event === 'string')
    return fromText(envelope.event, { host: envelope.host, '@timestamp': envelope.time });
  return json(envelope.event);
};

/** Splunk HTTP Event Collector: what its clients send to /services/collector/event. */
export const hec: BodyFormat = {
  read: (body) => {
    const events = concatenated(body, MOST_EVENTS + 1);
    if (!events) throw notThis(HEC);
    return counted(events).map(hecEvent);
  },
  status: 200,
  extra: { text: 'Success', code: 0 },
  // What Splunk answers when it is busy; some of its clients repeat no 4xx.
  instead: { 408: 503, 429: 503 },
};

const OTLP = 'OTLP logs as JSON';

/** A value of OTLP (AnyValue) as JSON. */
const anyValue = (value: NativeJson | undefined): NativeJson => {
  if (!isObject(value)) return null;
  if (isObject(value.kvlistValue)) return pairs(value.kvlistValue.values);
  if (isObject(value.arrayValue)) return list(value.arrayValue.values).map(anyValue);
  if (typeof value.intValue === 'string') return Number(value.intValue);
  return value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? value.bytesValue ?? null;
};

const list = (value: NativeJson | undefined): NativeJson[] => (Array.isArray(value) ? value : []);

const pairs = (values: NativeJson | undefined): NativeObject =>
  Object.fromEntries(
    list(values).flatMap((one) =>
      isObject(one) && typeof one.key === 'string' ? [[one.key, anyValue(one.value)]] : [],
    ),
  );

const otlpRecord = (record: NativeJson): Buffer => {
  if (!isObject(record)) throw notThis(OTLP);
  const body = anyValue(record.body);
  if (isObject(body)) return json(body);
  const around = { ...pairs(record.attributes), '@timestamp': momentOf(textOf(record.timeUnixNano)) };
  return fromText(typeof body === 'string' ? body : JSON.stringify(body), around);
};

/** A time in nanoseconds as text; undefined for what is no moment of this millennium, whatever its digits. */
const momentOf = (nanos: string | undefined): string | undefined => {
  if (nanos === undefined || !/^\d{1,19}$/.test(nanos)) return undefined;
  return new Date(Number(BigInt(nanos) / 1_000_000n)).toISOString();
};

/** Bodies that are parsed whole cost memory for each of their values, also the empty ones. */
const valuesIn = (body: Buffer): number => {
  let found = 0;
  for (const byte of body) if (byte === 0x7b || byte === 0x5b) found += 1;
  return found;
};

const children = (parents: NativeJson[], key: string): NativeJson[] =>
  parents.flatMap((one) => (isObject(one) ? list(one[key]) : []));

/** OpenTelemetry logs, JSON encoding of the export request. */
export const otlp: BodyFormat = {
  read: (body) => {
    if (valuesIn(body) > MOST_VALUES) throw tooMany(`${MOST_VALUES} values`);
    const request = parsed(body, OTLP);
    if (!isObject(request) || !Array.isArray(request.resourceLogs)) throw notThis(OTLP);
    try {
      const records = children(children(request.resourceLogs, 'scopeLogs'), 'logRecords');
      if (records.length > MOST_EVENTS) throw tooMany(`${MOST_EVENTS} events`);
      return records.map(otlpRecord);
    } catch (error) {
      throw error instanceof Refusal ? error : notThis(OTLP);
    }
  },
  status: 200,
  extra: {},
  // OTLP names 429, 502, 503 and 504 as those to repeat, and no others.
  instead: { 408: 503 },
};
