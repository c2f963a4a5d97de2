/**
 * Splunk's HTTP Event Collector: bodies of events, each in an envelope, and raw ones. As Splunk does, events that are
 * well are taken when others of the body are not, and the answer names the first that is wrong; here all that is wrong
 * becomes dead letters besides.
 */
import { atOnce } from '#libs/service';
import { eventOfBytes } from '../envelope/event-of-bytes.js';
import { ENVELOPE_TRUNCATED, TIME_IMPOSSIBLE, writeLine } from '../envelope/line.js';
import { endOfValue, memberOf, onOneLine } from '../envelope/members.js';
import { hostOf, possible, secondsOf } from '../envelope/said.js';
import { SharedRoom } from '../envelope/shared-room.js';
import { whyNotParsed, type PieceProblem } from '../ingest/piece.js';
import { valueOf } from '../sources/json-events.js';
import { isObject } from '../sources/json-values.js';
import type { NativeJson, NativeObject } from '../sources/source.js';
import { AT_ONCE_BYTES, counted, EVENT_COSTS, MOST_EVENTS, type TakenBody } from './body-format.js';
import { HecRefusal, type HecCode } from './hec-codes.js';
import { lostLines } from './lost-lines.js';
import { MOST_APPENDED_BYTES } from './packing.js';

const [OPEN_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COMMA] = [0x7b, 0x5b, 0x5d, 0x2c];

const isSaidNothing = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0;

/** The values of a body, one behind the other, arrays as their elements; slices. */
function* valuesIn(body: Buffer): Generator<Buffer> {
  let isInside = false;
  for (let here = 0; here < body.length; ) {
    const byte = body[here];
    if (isSaidNothing(byte) || (isInside && byte === COMMA)) here += 1;
    else if (byte === 0xef && body[here + 1] === 0xbb && body[here + 2] === 0xbf) here += 3;
    else if (!isInside && byte === OPEN_ARRAY) {
      isInside = true;
      here += 1;
    } else if (isInside && byte === CLOSE_ARRAY) {
      isInside = false;
      here += 1;
    } else {
      const end = byte === OPEN_OBJECT || isInside ? endOfValue(body, here) : body.length;
      const next = Math.max(end, here + 1);
      yield body.subarray(here, next);
      here = next;
    }
  }
}

const isBlank = (event: NativeJson): boolean => {
  if (event === null) return true;
  if (typeof event === 'string') return event.trim() === '';
  return typeof event === 'object' && Object.keys(event).length === 0;
};

/** Fields are indexed beside an event: each a value or several, none an object. */
const isOfFields = (fields: NativeJson): boolean =>
  isObject(fields) &&
  Object.values(fields).every((one) =>
    Array.isArray(one) ? one.every((value) => typeof value !== 'object') : typeof one !== 'object' || one === null,
  );

const wrongIn = (envelope: NativeJson | undefined): HecCode | undefined => {
  if (!isObject(envelope)) return 6;
  const { event, fields, time } = envelope;
  if (event === undefined && fields === undefined) return 12;
  if (event !== undefined && isBlank(event)) return 13;
  if (fields !== undefined && fields !== null && !isOfFields(fields)) return 15;
  return time !== undefined && time !== null && Number.isNaN(secondsOf(time)) ? 15 : undefined;
};

/** What a body says of all its events, by its path's query. */
export type HecDefaults = NativeObject;

/** What a body says of all its events, and how often there is room for it. */
interface SaidOfAll {
  defaults: HecDefaults;
  length: number;
  room: SharedRoom;
}

const ofAll = (defaults: HecDefaults): SaidOfAll => ({
  defaults,
  length: JSON.stringify(defaults).length,
  room: new SharedRoom(),
});

/** @param own what is said of this event alone, as JSON by name. */
const enveloped = (
  { defaults, length, room }: SaidOfAll,
  said: NativeObject,
  own: ReadonlyMap<string, string>,
  { event, flags: known }: { event: Buffer; flags: string[] },
): Buffer => {
  const { time, host } = { ...defaults, ...said };
  const isWhole = room.takes({ length });
  const flags = isWhole ? known : [...known, ENVELOPE_TRUNCATED];
  const shared = Object.entries(isWhole ? defaults : {}).filter(([name]) => !own.has(name));
  const members = [...shared.map(([name, value]): [string, string] => [name, JSON.stringify(value)]), ...own];
  const at = time === undefined || time === null ? undefined : possible(secondsOf(time) * 1_000);
  const isImpossible = time !== undefined && time !== null && at === undefined;
  return writeLine({
    by: 'hec',
    at,
    host: hostOf(host),
    flags: isImpossible ? [...flags, TIME_IMPOSSIBLE] : flags,
    said: `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join()}}`,
    event,
  });
};

/** Members whose digits are kept: times and fields may have more of them than a number here. */
const VERBATIM: ReadonlySet<string> = new Set(['time', 'fields']);

const jsonOf = (bytes: Buffer, name: string, value: NativeJson | undefined): string => {
  const written = VERBATIM.has(name) ? memberOf(bytes, name) : undefined;
  return written ? onOneLine(written).toString() : JSON.stringify(value);
};

const lineOf = (envelope: NativeObject, bytes: Buffer, all: SaidOfAll): Buffer => {
  const { event, ...said } = envelope;
  // A metric has fields alone: they are the event.
  const name = event === undefined ? 'fields' : 'event';
  const json = memberOf(bytes, name) ?? Buffer.from(JSON.stringify(event ?? said.fields));
  const own = Object.keys(said).filter((one) => one !== name);
  return enveloped(all, said, new Map(own.map((one) => [one, jsonOf(bytes, one, said[one])])), {
    event: json,
    flags: [],
  });
};

/** The line, if an ingest topic takes it and what it says can be written. */
const fittingLine = (...args: Parameters<typeof lineOf>): Buffer | 'DEEP' | undefined => {
  try {
    const line = lineOf(...args);
    return line.length > MOST_APPENDED_BYTES ? undefined : line;
  } catch (error) {
    if (error instanceof RangeError) return 'DEEP';
    throw error;
  }
};

/** What a topic does not take anyway is not parsed: parsed, JSON takes many times its bytes. */
const envelopeIn = (
  bytes: Buffer,
): { envelope?: NativeJson | undefined; wrong?: HecCode | undefined; costly?: PieceProblem } => {
  if (bytes.length > MOST_APPENDED_BYTES) return {};
  const costly = whyNotParsed(bytes);
  if (costly) return { wrong: 6, costly };
  const envelope = valueOf(bytes);
  return { envelope, wrong: wrongIn(envelope) };
};

/** @throws HecRefusal when nothing of it can be taken. */
export const readHecEvents = (body: Buffer, defaults: HecDefaults): TakenBody =>
  atOnce(readHecEventsInSteps(body, defaults));

/** As `readHecEvents`, with pauses. */
export function* readHecEventsInSteps(body: Buffer, defaults: HecDefaults): Generator<void, TakenBody> {
  const events: Buffer[] = [];
  const all = ofAll(defaults);
  let [good, number, unpaused] = [0, 0, 0];
  let refusal: HecRefusal | undefined;
  for (const bytes of valuesIn(body)) {
    unpaused += EVENT_COSTS + bytes.length;
    if (unpaused > AT_ONCE_BYTES) {
      yield;
      unpaused = 0;
    }
    const { envelope, wrong, costly } = envelopeIn(bytes);
    const line = wrong === undefined && isObject(envelope) ? fittingLine(envelope, bytes, all) : undefined;
    const code = wrong ?? (line === 'DEEP' ? 6 : undefined);
    if (Buffer.isBuffer(line)) good += 1;
    else refusal ??= new HecRefusal(code ?? 27, number);
    events.push(...(Buffer.isBuffer(line) ? [line] : lostLines('hec', bytes, reasonOf(code, costly))));
    number += 1;
    if (number > MOST_EVENTS) break;
  }
  if (number === 0) throw new HecRefusal(5);
  if (good === 0 && refusal) throw refusal;
  return { events: counted(events), enveloped: true, ...(refusal ? { refusal } : {}) };
}

const reasonOf = (code: HecCode | undefined, costly?: PieceProblem): PieceProblem => {
  if (costly) return costly;
  switch (code) {
    case undefined:
      return {
        code: 'TOO_LARGE',
        sentence: `The event has more than the ${MOST_APPENDED_BYTES} bytes that are taken of one.`,
      };
    case 12:
      return { code: 'NO_EVENT', sentence: 'The envelope holds no event.' };
    case 13:
      return { code: 'NO_EVENT', sentence: 'The event of the envelope is blank.' };
    case 15:
      return {
        code: 'BAD_ENVELOPE',
        sentence: 'Time or fields of the envelope are not what the protocol has there.',
      };
    default:
      return { code: 'NOT_JSON', sentence: 'This part of the body is no envelope in JSON.' };
  }
};

/** Lines of a raw body between two pauses. */
const AT_ONCE_LINES = 256;

/** A raw body, cut into its lines or JSON values, with what the query says of all. @throws HecRefusal for no event. */
export function* readHecRawInSteps(pieces: Buffer[], defaults: HecDefaults): Generator<void, TakenBody> {
  if (pieces.length === 0) throw new HecRefusal(5);
  const all = ofAll(defaults);
  const events: Buffer[] = [];
  for (const piece of counted(pieces)) {
    if (events.length % AT_ONCE_LINES === 0) yield;
    events.push(enveloped(all, {}, new Map(), eventOfBytes(piece)));
  }
  return { events, enveloped: true };
}
