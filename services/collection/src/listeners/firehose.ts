/**
 * Firehose's requests to an HTTP endpoint: records as base64, each one event, several, or a subscription of CloudWatch
 * Logs, packed. It is answered with its request's id, and sends again what is not.
 * https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html
 */
import { atOnce } from '#libs/service';
import { eventOfBytes } from '../envelope/event-of-bytes.js';
import { writeLine } from '../envelope/line.js';
import { memberOf } from '../envelope/members.js';
import { SharedRoom } from '../envelope/shared-room.js';
import { whyUnreadable } from '../ingest/unreadable-bytes.js';
import { elements } from '../sources/json-scan.js';
import { valueOf } from '../sources/json-events.js';
import { at, isObject } from '../sources/json-values.js';
import { piecesIn } from '../sources/pieces.js';
import type { MessageForm } from '../sources/source.js';
import { ofBase64, type WrapperProblem } from '../unwrap/wrapper.js';
import { counted, MOST_EVENTS, notThis, type BodyFormat, type TakenBody } from './body-format.js';
import { lostLine, orLost } from './lost-lines.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import { Refusal } from './refusal.js';

const RAW: MessageForm = { text: true, xml: true, isRaw: true };
const OPENED: MessageForm = { text: true, xml: true };
/** Of one request: what its records unpack to, and what is made of them. */
const [MOST_UNPACKED_BYTES, MOST_MADE_BYTES] = [32 * 1024 * 1024, 64 * 1024 * 1024];
/** What a line has besides its event and what is said around it. */
const BESIDES_BYTES = 1_024;
const OPEN_ARRAY = 0x5b;
const LONGEST_ID = 256;
/** Of what the stream's owner says of all its records, as JSON: as much as its header has room for. */
const MOST_ATTRIBUTES = 16 * 1024;

/** What is said around all records of a request. */
export interface FirehoseRequest {
  requestId: string;
  /** The header with attributes that the stream's owner chose, JSON. */
  attributes?: string | undefined;
}

const attributesIn = (attributes: string | undefined): object => {
  const chosen = at(valueOf(Buffer.from(attributes ?? '{}')), 'commonAttributes');
  if (!isObject(chosen)) return {};
  return orLost(
    () => (JSON.stringify(chosen).length > MOST_ATTRIBUTES ? {} : { commonAttributes: chosen }),
    () => ({}),
  );
};

const saidBy = (body: Buffer, { requestId, attributes }: FirehoseRequest): string => {
  const timestamp = valueOf(memberOf(body, 'timestamp') ?? Buffer.from('null'));
  return JSON.stringify({
    requestId: requestId.slice(0, LONGEST_ID),
    ...(typeof timestamp === 'number' ? { timestamp } : {}),
    ...attributesIn(attributes),
  });
};

const TOO_LARGE: WrapperProblem = {
  code: 'TOO_LARGE',
  sentence: `An event of the record has more than ${MOST_APPENDED_BYTES} bytes.`,
};
const EMPTY: WrapperProblem = { code: 'EMPTY', sentence: 'The record holds nothing.' };

const unpackToTooMuch = (): Refusal =>
  new Refusal(413, 'BODY_TOO_LARGE', 'The records unpack to too much: let Firehose buffer less.');

/** What is made of the records of one request. */
class FirehoseReading {
  readonly events: Buffer[] = [];
  readonly lost: WrapperProblem[] = [];
  private readonly room = new SharedRoom();
  private readonly mostOfEvent: number;
  private unpacked = 0;
  private made = 0;

  /** @param said around each record, JSON. */
  constructor(private readonly said: string) {
    this.mostOfEvent = MOST_APPENDED_BYTES - Buffer.byteLength(said) - BESIDES_BYTES;
  }

  /** @throws Refusal when all of them are too much. */
  take(record: Buffer): void {
    const data = at(valueOf(record), 'data');
    const { bytes, problem, spent } = ofBase64(typeof data === 'string' ? data : '');
    this.unpacked += spent;
    if (this.unpacked > MOST_UNPACKED_BYTES) throw unpackToTooMuch();
    const why = problem ?? (bytes.length === 0 ? EMPTY : whyUnreadable(bytes, 'What is wrapped'));
    if (why) return this.lose(record, why);
    for (const event of this.eventsIn(bytes))
      if (event.length <= this.mostOfEvent)
        this.add(writeLine({ by: 'firehose', ...this.around(eventOfBytes(event)) }));
      else this.lose(record, TOO_LARGE);
  }

  /** The record as a dead letter. */
  lose(record: Buffer, problem: WrapperProblem): void {
    this.lost.push(problem);
    this.add(lostLine('firehose', record, problem, this.room.around(this.said)));
  }

  private around({ event, flags }: ReturnType<typeof eventOfBytes>) {
    const { said, flags: more } = this.room.around(this.said);
    return { event, said, flags: [...flags, ...more] };
  }

  /** The events of a record; of one that is larger than a topic takes what stands in it, if it is a wrapper. */
  private *eventsIn(bytes: Buffer): Generator<Buffer> {
    for (const piece of piecesIn(bytes, RAW, MOST_EVENTS + 1)) {
      const opened = piece.bytes.length > this.mostOfEvent ? piecesIn(piece.bytes, OPENED) : [];
      const isWrapper = opened.length > 0 && opened.every(({ around }) => around);
      // Each has all around it that its wrapper says: they are written one by one, as long as there is room.
      if (!isWrapper) yield piece.bytes;
      else for (const inner of opened) yield inner.bytes;
    }
  }

  private add(line: Buffer): void {
    this.made += line.length;
    if (this.made > MOST_MADE_BYTES || this.events.length === MOST_EVENTS) throw unpackToTooMuch();
    this.events.push(line);
  }
}

function* readInSteps(body: Buffer, request: FirehoseRequest): Generator<void, TakenBody> {
  const records = memberOf(body, 'records');
  if (records?.[0] !== OPEN_ARRAY) throw notThis("Firehose's: an object with its records");
  const reading = new FirehoseReading(saidBy(body, request));
  for (const record of counted(elements(records, 0, MOST_EVENTS + 1))) {
    yield;
    orLost(
      () => reading.take(record),
      (problem) => reading.lose(record, problem),
    );
  }
  const { events, lost } = reading;
  const [first] = lost;
  return { events, enveloped: true, ...(first ? { rejected: { count: lost.length, sentence: first.sentence } } : {}) };
}

/** How a request of Firehose is read and answered: with its id, and when, epoch ms. */
export const firehose = (request: FirehoseRequest): BodyFormat => {
  const answer = (): object => ({ requestId: request.requestId.slice(0, LONGEST_ID), timestamp: Date.now() });
  return {
    by: 'firehose',
    read: (body) => atOnce(readInSteps(body, request)),
    readInSteps: (body) => readInSteps(body, request),
    mayBeEmpty: true,
    taken: () => ({ status: 200, body: answer() }),
    refused: ({ status, message }) => ({ status, body: { ...answer(), errorMessage: message } }),
  };
};
