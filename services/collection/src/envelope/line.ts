/**
 * An event and what a protocol says around it (HEC's host and time, OTLP's resource), as one line of an ingest message.
 * The message says by a header that its lines are such. The event's own JSON stays as it came, last on the line:
 * `{"by":"hec","at":1795892400500,"host":"srv9","said":{…},"event":…}`.
 */
import { isObject } from '../sources/json-values.js';
import type { NativeJson, NativeObject } from '../sources/source.js';
import { memberOf, onOneLine } from './members.js';

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
const BY = ['hec', 'otlp', 'bulk', 'webhook', 'table'] as const;
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

const headOf = (line: Buffer): NativeObject | undefined => {
  const event = memberOf(line, 'event');
  const before = event && line.subarray(0, event.byteOffset - line.byteOffset);
  const key = before?.lastIndexOf(EVENT) ?? -1;
  if (!before || key < 0) return undefined;
  try {
    const head = JSON.parse(`${before.toString('utf8', 0, key)}"":0}`) as NativeJson;
    return isObject(head) ? head : undefined;
  } catch {
    return undefined;
  }
};

const textIn = (value: NativeJson | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * @returns undefined for what is no such line: whoever writes a topic himself may say that it is. The event is not
 * parsed here.
 */
export const readLine = (line: Buffer): EnvelopeLine | undefined => {
  const head = headOf(line);
  const [event, by] = [memberOf(line, 'event'), head?.by];
  if (!head || !event || !isProtocol(by)) return undefined;
  const { at, flags, problem } = head;
  const said = memberOf(line, 'said');
  return {
    by,
    event,
    ...(typeof at === 'number' && Number.isSafeInteger(at) ? { at } : {}),
    host: textIn(head.host),
    flags: Array.isArray(flags) ? FLAGS.filter((flag) => flags.includes(flag)) : [],
    ...(said ? { said: said.toString('utf8') } : {}),
    ...(isObject(problem)
      ? { problem: { code: textIn(problem.code) ?? 'BAD_EVENT', sentence: textIn(problem.sentence) ?? 'No event.' } }
      : {}),
  };
};
