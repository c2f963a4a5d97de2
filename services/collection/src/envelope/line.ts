/**
 * An event and what a protocol says around it (HEC's host and time, OTLP's resource), as one line of an ingest message.
 * The message says by a header that its lines are such. The event's own JSON stays as it came, last on the line:
 * `{"by":"hec","at":1795892400500,"host":"srv9","said":{…},"event":…}`.
 */
import { isObject } from '../sources/json-values.js';
import type { NativeJson, NativeObject } from '../sources/source.js';
import { memberOf, onOneLine } from './members.js';
import { hostOf } from './said.js';

/** On an ingest message that a listener appended: `true` where its lines are envelopes, `false` elsewhere. */
export const ENVELOPED = 'vigie-enveloped';

/** The time that is said is none that telemetry can have: 1970, the year 9999. */
export const TIME_IMPOSSIBLE = 'time-impossible';
/** The time is when a collector saw the event; when it happened was not said. */
export const TIME_OBSERVED = 'time-observed';
/** Bytes that are not UTF-8: each was taken for the character it is in Latin-1. */
export const LATIN_1 = 'encoding-assumed:latin-1';
/** Of what was said around an event not all is kept: it was too much. */
export const ENVELOPE_TRUNCATED = 'envelope-truncated';
const FLAGS = [TIME_IMPOSSIBLE, TIME_OBSERVED, LATIN_1, ENVELOPE_TRUNCATED];

/** Protocols that say something around an event; `bulk` is Elasticsearch's, and `table` that it is a row of one. */
const BY = ['hec', 'otlp', 'bulk', 'webhook', 'table', 'firehose'] as const;
const isProtocol = (by: unknown): by is (typeof BY)[number] => BY.some((one) => one === by);

export interface EnvelopeLine {
  /** The protocol. */
  by: (typeof BY)[number];
  /** When it happened, epoch ms. */
  at?: number;
  host?: string;
  flags?: string[];
  /** All that was said, as JSON. */
  said?: string;
  /** The event's own JSON, an object or a text. */
  event: Buffer;
  /** Why it is no event: what its dead letter says. */
  problem?: { code: string; sentence: string };
}

const member = (name: string, json: string | undefined): string => (json === undefined ? '' : `"${name}":${json},`);
const jsonOf = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

export const writeLine = ({ by, at, host, flags = [], said, event, problem }: EnvelopeLine): Buffer =>
  Buffer.concat([
    Buffer.from(
      `{"by":"${by}",${member('at', jsonOf(at))}${member('host', jsonOf(host))}${
        flags.length > 0 ? member('flags', jsonOf(flags)) : ''
      }${member('problem', jsonOf(problem))}${member('said', said)}"event":`,
    ),
    onOneLine(event),
    Buffer.from('}'),
  ]);

const EVENT = Buffer.from('"event":');

/** What stands before the event, and what it says. */
const headOf = (line: Buffer, event: Buffer | undefined): { bytes: Buffer; head: NativeObject } | undefined => {
  const before = event && line.subarray(0, event.byteOffset - line.byteOffset);
  const key = before?.lastIndexOf(EVENT) ?? -1;
  if (!before || key < 0) return undefined;
  try {
    const head = JSON.parse(`${before.toString('utf8', 0, key)}"":0}`) as NativeJson;
    return isObject(head) ? { bytes: before.subarray(0, key), head } : undefined;
  } catch {
    return undefined;
  }
};

const textIn = (value: NativeJson | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** A code is also a label of metrics. */
const CODE = /^[A-Z_0-9]{1,40}$/;
const LONGEST_SENTENCE = 500;

const problemIn = (problem: NativeJson | undefined): Pick<EnvelopeLine, 'problem'> => {
  if (!isObject(problem)) return {};
  const [code, sentence] = [textIn(problem.code) ?? '', textIn(problem.sentence) ?? 'No event.'];
  return { problem: { code: CODE.test(code) ? code : 'BAD_EVENT', sentence: sentence.slice(0, LONGEST_SENTENCE) } };
};

const OPEN_OBJECT = 0x7b;

/**
 * @returns undefined for what is no such line: whoever writes a topic himself may say that it is, and nothing that he
 * says is believed unseen. The event is not parsed here; what stands behind it says nothing.
 */
export const readLine = (line: Buffer): EnvelopeLine | undefined => {
  const event = memberOf(line, 'event');
  const { bytes, head } = headOf(line, event) ?? {};
  if (!bytes || !head || !event || !isProtocol(head.by)) return undefined;
  const { by, at, flags, problem } = head;
  const said = memberOf(bytes, 'said');
  return {
    by,
    event,
    ...(typeof at === 'number' && Number.isSafeInteger(at) ? { at } : {}),
    host: hostOf(head.host),
    flags: Array.isArray(flags) ? FLAGS.filter((flag) => flags.includes(flag)) : [],
    // The head parses, and so does each of its members.
    ...(said?.[0] === OPEN_OBJECT ? { said: said.toString('utf8') } : {}),
    ...problemIn(problem),
  };
};
