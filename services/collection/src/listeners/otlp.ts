/**
 * OpenTelemetry logs (OTLP over HTTP), as JSON or Protocol Buffers. What cannot be taken of a request is told by
 * partial success and becomes dead letters; the rest is taken.
 */
import { isUtf8 } from 'node:buffer';
import { atOnce } from '#libs/service';
import { ENVELOPE_TRUNCATED, LATIN_1, TIME_IMPOSSIBLE, TIME_OBSERVED, writeLine } from '../envelope/line.js';
import { hostOf, possible } from '../envelope/said.js';
import { NODE } from '../envelope/nodes.js';
import { SharedRoom } from '../envelope/shared-room.js';
import { valueOf } from '../sources/json-events.js';
import { isObject } from '../sources/json-values.js';
import type { NativeJson, NativeObject } from '../sources/source.js';
import {
  MOST_EVENTS,
  MOST_VALUES,
  notThis,
  tooMany,
  type BodyFacts,
  type BodyFormat,
  type TakenBody,
} from './body-format.js';
import { exportLogs } from './otlp-messages.js';
import { isProtobuf, otlpRefused, otlpTaken } from './otlp-answers.js';
import { anyJson, attributesJson, attributesWithin, attributeText, list, named, TooDeep } from './otlp-values.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import { BadMessage, readMessageOf } from './protobuf.js';
import { Refusal } from './refusal.js';

/** Bodies that are parsed whole cost memory for each of their values, also the empty ones. */
const valuesIn = (body: Buffer): number => {
  let found = 0;
  for (const byte of body) if (byte === 0x7b || byte === 0x5b) found += 1;
  return found;
};

const requestIn = (body: Buffer, facts: BodyFacts): NativeJson => {
  if (isProtobuf(facts)) {
    try {
      return readMessageOf(exportLogs, body, MOST_VALUES);
    } catch (error) {
      if (error instanceof BadMessage)
        throw new Refusal(400, 'BAD_BODY', `The body is not OTLP logs as Protocol Buffers: ${error.message}.`);
      throw error;
    }
  }
  if (valuesIn(body) > MOST_VALUES) throw tooMany(`${MOST_VALUES} values`);
  const value = valueOf(body);
  if (value === undefined) throw notThis('OTLP logs as JSON');
  return value;
};

/** Characters of what is said of all records of a scope, which is written around each. */
const MOST_ABOUT = 32 * 1024;

/** What holds for all records of a scope: worked out once. */
interface RecordsOfScope {
  /** JSON members, each with a comma behind it. */
  said: string;
  /** Not all of it is there: it was too long. */
  isCut: boolean;
  host: string | undefined;
  records: NativeJson[];
}

type SaidOfRecords = Pick<RecordsOfScope, 'said' | 'isCut'>;
const NOTHING: SaidOfRecords = { said: '', isCut: false };

const resourceIn = (attributes: NativeJson | undefined): SaidOfRecords => {
  const { json, isCut } = attributesWithin(attributes, MOST_ABOUT / 2);
  return list(attributes).length > 0 ? { said: member('resource', json), isCut } : NOTHING;
};

const scopeIn = (scope: NativeJson | undefined): SaidOfRecords => {
  if (!isObject(scope) || Object.keys(scope).length === 0) return NOTHING;
  const names = ['name', 'version'].map((name) => member(name, jsonOf(short(scope[name])))).join('');
  const { json, isCut } = attributesWithin(scope.attributes, MOST_ABOUT / 2 - names.length);
  const isNamed = [scope.name, scope.version].every((one) => typeof one !== 'string' || one.length <= LONGEST);
  return { said: member('scope', `{${names}"attributes":${json}}`), isCut: isCut || !isNamed };
};

const hostAmong = (attributes: NativeJson | undefined): string | undefined =>
  hostOf(attributeText(attributes, NODE)) ?? hostOf(attributeText(attributes, 'host.name'));

function* scopesIn(request: NativeObject): Generator<RecordsOfScope> {
  for (const group of list(named(request, 'resourceLogs')))
    if (isObject(group)) yield* scopesOf(group);
    else yield { ...NOTHING, host: undefined, records: [group] };
}

function* scopesOf(group: NativeObject): Generator<RecordsOfScope> {
  const attributes = isObject(group.resource) ? group.resource.attributes : undefined;
  const host = hostAmong(attributes);
  const resource = resourceIn(attributes);
  for (const one of list(named(group, 'scopeLogs') ?? named(group, 'instrumentationLibraryLogs'))) {
    if (!isObject(one)) {
      yield { ...resource, host, records: [one] };
      continue;
    }
    const scope = scopeIn(one.scope);
    const isCut = resource.isCut || scope.isCut;
    yield { said: resource.said + scope.said, isCut, host, records: list(named(one, 'logRecords')) };
  }
}

const member = (name: string, json: string | undefined): string => (json === undefined ? '' : `"${name}":${json},`);
const jsonOf = (value: NativeJson | undefined): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : JSON.stringify(value);

const DIGITS = /^\d{1,20}$/;
/** The JSON mapping of numbers of 64 bits allows exponents. */
const WITH_EXPONENT = /^\d{1,20}(?:\.\d{1,20})?e\+?\d{1,2}$/i;

/** Nanoseconds as epoch ms; undefined for what says nothing, and NaN for what is no number. */
const millisOf = (nanos: NativeJson | undefined): number | undefined => {
  if (nanos === undefined || nanos === null || nanos === '' || nanos === 0 || nanos === '0') return undefined;
  if (typeof nanos === 'number') return nanos / 1e6;
  if (typeof nanos !== 'string') return Number.NaN;
  if (DIGITS.test(nanos)) return Number(BigInt(nanos) / 1_000_000n);
  return WITH_EXPONENT.test(nanos) ? Number(nanos) / 1e6 : Number.NaN;
};

/** When a record happened; zero means unknown, and then when a collector saw it. */
const timeOf = (record: NativeObject): { at?: number; flags: string[] } => {
  const said = millisOf(named(record, 'timeUnixNano'));
  const at = said === undefined ? undefined : possible(said);
  if (at !== undefined) return { at, flags: [] };
  const observed = possible(millisOf(named(record, 'observedTimeUnixNano')) ?? Number.NaN);
  const flags = said === undefined ? [] : [TIME_IMPOSSIBLE];
  return observed === undefined ? { flags } : { at: observed, flags: [...flags, TIME_OBSERVED] };
};

const LONGEST = 256;
const short = (value: NativeJson | undefined): NativeJson | undefined =>
  typeof value === 'number' || (typeof value === 'string' && value.length <= LONGEST) ? value : undefined;

/** What of a record is not its body. */
const saidOf = (record: NativeObject): string =>
  ['timeUnixNano', 'observedTimeUnixNano', 'severityNumber', 'severityText', 'eventName', 'traceId', 'spanId']
    .map((name) => member(name, jsonOf(short(named(record, name)))))
    .join('');

const bytesIn = (body: NativeJson | undefined): Buffer | undefined => {
  const base64 = isObject(body) ? named(body, 'bytesValue') : undefined;
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
};

/** An event, and the attributes besides. */
interface MadeEvent {
  event: string;
  attributes?: string;
  flags: string[];
}

const besides = ({ attributes }: NativeObject): Pick<MadeEvent, 'attributes'> =>
  list(attributes).length > 0 ? { attributes: attributesJson(attributes) } : {};

/** The event of a body: an object, or a text. Without a body the attributes are what happened. */
const eventIn = (record: NativeObject): MadeEvent | undefined => {
  const bytes = bytesIn(record.body);
  if (bytes) {
    const isKnown = isUtf8(bytes);
    const event = JSON.stringify(bytes.toString(isKnown ? 'utf8' : 'latin1'));
    return { event, ...besides(record), flags: isKnown ? [] : [LATIN_1] };
  }
  const body = anyJson(record.body);
  if (body !== 'null' && body !== '""')
    return {
      event: body.startsWith('{') || body.startsWith('"') ? body : JSON.stringify(body),
      ...besides(record),
      flags: [],
    };
  return list(record.attributes).length > 0 ? { event: attributesJson(record.attributes), flags: [] } : undefined;
};

const rejected = (record: NativeJson, code: string, sentence: string): Buffer => {
  let event = 'null';
  try {
    event = JSON.stringify(record);
  } catch {
    // It nests deeper than can be written.
  }
  const line = writeLine({ by: 'otlp', event: Buffer.from(event), problem: { code, sentence } });
  if (line.length <= MOST_APPENDED_BYTES) return line;
  const cut = JSON.stringify(event.slice(0, MOST_APPENDED_BYTES / 8));
  return writeLine({ by: 'otlp', event: Buffer.from(cut), problem: { code, sentence } });
};

/** Records between two pauses. */
const AT_ONCE_RECORDS = 256;
const NO_RECORD = 'The log record is no object with a body or attributes.';

const lineOf = (
  record: NativeJson,
  { said, isCut, host }: RecordsOfScope,
  room: SharedRoom,
): Buffer | [code: string, sentence: string] => {
  try {
    const made = isObject(record) ? eventIn(record) : undefined;
    if (!isObject(record) || !made) return ['NO_EVENT', NO_RECORD];
    const { at, flags } = timeOf(record);
    const isWhole = room.takes(said);
    const all = `${isWhole ? said : ''}${saidOf(record)}${member('attributes', made.attributes)}`;
    const line = writeLine({
      by: 'otlp',
      at,
      host: host ?? hostAmong(record.attributes),
      flags: [...flags, ...made.flags, ...(isCut || !isWhole ? [ENVELOPE_TRUNCATED] : [])],
      ...(all === '' ? {} : { said: `{${all.slice(0, -1)}}` }),
      event: Buffer.from(made.event),
    });
    if (line.length <= MOST_APPENDED_BYTES) return line;
    return ['TOO_LARGE', `The log record has ${line.length} bytes; at most ${MOST_APPENDED_BYTES} are taken.`];
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError)
      return ['TOO_DEEP', 'The log record nests too deeply.'];
    throw error;
  }
};

/** What is refused of one is before anything of the request is taken. */
function* shallowScopes(request: NativeObject): Generator<RecordsOfScope> {
  try {
    yield* scopesIn(request);
  } catch (error) {
    if (error instanceof TooDeep) throw new Refusal(400, 'TOO_DEEP', 'A resource or scope nests too deeply.');
    throw error;
  }
}

function* readInSteps(body: Buffer, facts: BodyFacts): Generator<void, TakenBody> {
  const request = requestIn(body, facts);
  if (!isObject(request) || (!isProtobuf(facts) && !Array.isArray(named(request, 'resourceLogs'))))
    throw notThis('OTLP logs as JSON');
  const events: Buffer[] = [];
  const sentences: string[] = [];
  const room = new SharedRoom();
  let seen = 0;
  for (const scope of shallowScopes(request)) {
    seen += 1;
    if (seen % AT_ONCE_RECORDS === 0) yield;
    for (const record of scope.records) {
      if (events.length === MOST_EVENTS) throw tooMany(`${MOST_EVENTS} events`);
      if (events.length % AT_ONCE_RECORDS === 0) yield;
      const line = lineOf(record, scope, room);
      if (!Array.isArray(line)) events.push(line);
      else {
        events.push(rejected(record, ...line));
        sentences.push(line[1]);
      }
    }
  }
  const [sentence] = sentences;
  return {
    events,
    enveloped: true,
    ...(sentence === undefined ? {} : { rejected: { count: sentences.length, sentence } }),
  };
}

const read = (body: Buffer, facts: BodyFacts): TakenBody => atOnce(readInSteps(body, facts));

export const otlp: BodyFormat = {
  by: 'otlp',
  read,
  readInSteps,
  mayBeEmpty: true,
  taken: otlpTaken,
  refused: otlpRefused,
};
