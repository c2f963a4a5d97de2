/**
 * Firehose's requests to an HTTP endpoint: records as base64, each one event, several, or a subscription of CloudWatch
 * Logs, packed. It is answered with its request's id, and sends again what is not.
 * https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html
 */
import { eventOfBytes } from '../envelope/event-of-bytes.js';
import { writeLine } from '../envelope/line.js';
import { memberOf } from '../envelope/members.js';
import { whyUnreadable } from '../ingest/unreadable-bytes.js';
import { elements } from '../sources/json-scan.js';
import { valueOf } from '../sources/json-events.js';
import { at, isObject } from '../sources/json-values.js';
import { piecesIn } from '../sources/pieces.js';
import type { MessageForm } from '../sources/source.js';
import { ofBase64, type WrapperProblem } from '../unwrap/wrapper.js';
import { counted, MOST_EVENTS, notThis, type BodyFormat, type TakenBody } from './body-format.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import { Refusal } from './refusal.js';

const RAW: MessageForm = { text: true, xml: true, isRaw: true };
const OPENED: MessageForm = { text: true, xml: true };
/** Of one request, unpacked. */
const MOST_UNPACKED_BYTES = 32 * 1024 * 1024;
/** Bytes of a record that its dead letter keeps; escaped as JSON they are six times as many. */
const MOST_KEPT = 160 * 1024;
const OPEN_ARRAY = 0x5b;
const LONGEST_ID = 256;

/** What is said around all records of a request. */
export interface FirehoseRequest {
  requestId: string;
  /** The header with attributes that the stream's owner chose, JSON. */
  attributes?: string | undefined;
}

const saidBy = (body: Buffer, { requestId, attributes }: FirehoseRequest): string => {
  const timestamp = valueOf(memberOf(body, 'timestamp') ?? Buffer.from('null'));
  const chosen = at(valueOf(Buffer.from(attributes ?? '{}')), 'commonAttributes');
  return JSON.stringify({
    requestId: requestId.slice(0, LONGEST_ID),
    ...(typeof timestamp === 'number' ? { timestamp } : {}),
    ...(isObject(chosen) ? { commonAttributes: chosen } : {}),
  });
};

const TOO_LARGE: WrapperProblem = {
  code: 'TOO_LARGE',
  sentence: `An event of the record has more than ${MOST_APPENDED_BYTES} bytes.`,
};

/** The events of a record; of one that is larger than a topic takes what stands in it, if it is a wrapper. */
const eventsIn = (bytes: Buffer, most: number): (Buffer | undefined)[] =>
  piecesIn(bytes, RAW).flatMap((piece) => {
    if (piece.bytes.length <= most) return [piece.bytes];
    const opened = piecesIn(piece.bytes, OPENED);
    if (opened.length === 0 || !opened.every(({ wrapped }) => wrapped)) return [undefined];
    return opened.map((inner) => (inner.bytes.length <= most ? inner.bytes : undefined));
  });

const lineOf = (said: string, event: Buffer): Buffer => writeLine({ by: 'firehose', said, ...eventOfBytes(event) });

const lostLine = (said: string, bytes: Buffer, problem: WrapperProblem): Buffer =>
  writeLine({
    by: 'firehose',
    said,
    problem,
    event: Buffer.from(JSON.stringify(bytes.toString('utf8', 0, MOST_KEPT))),
  });

const EMPTY: WrapperProblem = { code: 'EMPTY', sentence: 'The record holds nothing.' };

const linesOf = (record: Buffer, said: string): { lines: Buffer[]; lost: WrapperProblem[]; bytes: number } => {
  const data = at(valueOf(record), 'data');
  const { bytes, problem } = ofBase64(typeof data === 'string' ? data : '');
  const why = problem ?? (bytes.length === 0 ? EMPTY : whyUnreadable(bytes));
  if (why) return { lines: [lostLine(said, record, why)], lost: [why], bytes: record.length };
  const most = MOST_APPENDED_BYTES - said.length - 1_024;
  const events = eventsIn(bytes, most);
  const [large, lost] = [lostLine(said, record, TOO_LARGE), events.filter((event) => !event).map(() => TOO_LARGE)];
  return { lines: events.map((event) => (event ? lineOf(said, event) : large)), lost, bytes: bytes.length };
};

const read = (body: Buffer, request: FirehoseRequest): TakenBody => {
  const records = memberOf(body, 'records');
  if (records?.[0] !== OPEN_ARRAY) throw notThis("Firehose's: an object with its records");
  const said = saidBy(body, request);
  const [events, lost]: [Buffer[], WrapperProblem[]] = [[], []];
  let unpacked = 0;
  for (const record of counted(elements(records, 0, MOST_EVENTS + 1))) {
    const made = linesOf(record, said);
    unpacked += made.bytes;
    if (unpacked > MOST_UNPACKED_BYTES || events.length + made.lines.length > MOST_EVENTS)
      throw new Refusal(413, 'BODY_TOO_LARGE', 'The records unpack to too much: let Firehose buffer less.');
    for (const line of made.lines) events.push(line);
    for (const one of made.lost) lost.push(one);
  }
  const [first] = lost;
  return { events, enveloped: true, ...(first ? { rejected: { count: lost.length, sentence: first.sentence } } : {}) };
};

/** How a request of Firehose is read and answered: with its id, and when, epoch ms. */
export const firehose = (request: FirehoseRequest): BodyFormat => {
  const answer = (): object => ({ requestId: request.requestId.slice(0, LONGEST_ID), timestamp: Date.now() });
  return {
    read: (body) => read(body, request),
    mayBeEmpty: true,
    taken: () => ({ status: 200, body: answer() }),
    refused: ({ status, message }) => ({ status, body: { ...answer(), errorMessage: message } }),
  };
};
