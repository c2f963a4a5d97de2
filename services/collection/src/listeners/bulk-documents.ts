/**
 * Documents that shippers send to Elasticsearch. The event is the document; but where a shipper read a line of JSON out
 * of a file and wrapped it, as Filebeat, Fluent Bit and Logstash do unless told otherwise, the event is that line, and
 * what the shipper says around it is its envelope.
 */
import { TIME_OBSERVED, writeLine } from '../envelope/line.js';
import { hostOf, possible } from '../envelope/said.js';
import { valueOf } from '../sources/json-events.js';
import { isObject, timeOf } from '../sources/json-values.js';
import type { NativeObject } from '../sources/source.js';
import { MOST_APPENDED_BYTES } from './packing.js';

/** What a listener appends for a document, or for what is none: then it becomes a dead letter. */
export interface DocumentLine {
  line: Buffer;
  /** It is a line of `envelope/line.ts`. */
  enveloped: boolean;
  problem?: { code: string; sentence: string };
}

/** Bytes of a document that become a dead letter where it is too large; escaped as JSON they are six times as many. */
const MOST_KEPT = 160 * 1024;

/** What shippers say of a line that they read; anything else in a document is somebody's event. */
const OF_SHIPPERS = new Set(
  `@timestamp @version agent beat cloud container data_stream docker ecs event fields fileset file_path host hostname
  input kubernetes labels log message offset orchestrator path prospector service source source_type stream tags
  timestamp type`.split(/\s+/),
);

/** Where the line stands: `log` is a text at Fluent Bit, and an object in ECS. */
const lineUnder = (document: NativeObject): 'message' | 'log' | undefined =>
  (['message', 'log'] as const).find((name) => typeof document[name] === 'string');

const hostIn = ({ host, hostname, beat, agent }: NativeObject): string | undefined => {
  const said = isObject(host) ? (host.name ?? host.hostname) : host;
  const named = (of: NativeObject[string] | undefined) => (isObject(of) ? (of.hostname ?? of.name) : undefined);
  return hostOf(said) ?? hostOf(hostname) ?? hostOf(named(beat)) ?? hostOf(named(agent));
};

/** The line that a shipper read out of a file, as JSON; undefined where the document is somebody's event. */
const wrappedIn = (document: NativeObject): { event: string; said: NativeObject } | undefined => {
  const under = lineUnder(document);
  const text = under && document[under];
  if (under === undefined || typeof text !== 'string') return undefined;
  if (!Object.keys(document).every((name) => OF_SHIPPERS.has(name))) return undefined;
  const isJson = /^\s*\{/.test(text) && isObject(valueOf(Buffer.from(text)));
  // Sources of lines read a `message` themselves, with all that ECS says beside it.
  if (!isJson && under === 'message') return undefined;
  const { [under]: _line, event, ...said } = document;
  const about = isObject(event) && event.original === text ? { ...event, original: undefined } : event;
  return { event: isJson ? text.trim() : JSON.stringify(text), said: { ...said, event: about } };
};

/** A document that is not taken, to become a dead letter. */
export const rejectedDocument = (document: Buffer, code: string, sentence: string): DocumentLine => ({
  line: writeLine({
    by: 'bulk',
    event: Buffer.from(JSON.stringify(document.toString('utf8', 0, MOST_KEPT))),
    problem: { code, sentence },
  }),
  enveloped: true,
  problem: { code, sentence },
});

const enveloped = (document: NativeObject): Buffer | undefined => {
  const wrapped = wrappedIn(document);
  if (!wrapped) return undefined;
  const at = possible(timeOf(document['@timestamp']) ?? Number.NaN);
  return writeLine({
    by: 'bulk',
    // When the shipper read the line.
    ...(at === undefined ? {} : { at, flags: [TIME_OBSERVED] }),
    host: hostIn(document),
    said: JSON.stringify(wrapped.said),
    event: Buffer.from(wrapped.event),
  });
};

const tooLarge = (document: Buffer): DocumentLine => {
  const sentence = `The document has ${document.length} bytes; at most ${MOST_APPENDED_BYTES} are taken.`;
  return rejectedDocument(document, 'TOO_LARGE', sentence);
};

/** What is appended of a document. */
export const documentLine = (document: Buffer): DocumentLine => {
  // Parsed, JSON takes many times its bytes.
  if (document.length > MOST_APPENDED_BYTES) return tooLarge(document);
  const value = valueOf(document);
  if (value === undefined) return rejectedDocument(document, 'NOT_JSON', 'The document is not JSON.');
  if (!isObject(value)) return rejectedDocument(document, 'NOT_AN_OBJECT', 'The document is JSON, but not an object.');
  try {
    const line = enveloped(value) ?? document;
    if (line.length <= MOST_APPENDED_BYTES) return { line, enveloped: line !== document };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return rejectedDocument(document, 'TOO_DEEP', 'The document nests too deeply.');
  }
  return tooLarge(document);
};
