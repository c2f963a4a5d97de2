import { isUtf8 } from 'node:buffer';
import { readSyslogHeader, tooMuchIn } from '#libs/sigma';
import { LATIN_1 } from '../envelope/line.js';
import { deeperThan, isObject } from '../sources/json-values.js';
import { wrapped } from '../sources/text-lines.js';
import type { MessageForm, NativeJson, NativeObject, MessagePiece, Source } from '../sources/source.js';
import { passedOn } from './layers.js';
import { envelopeBefore, envelopeOf, type EventEnvelope } from './envelope.js';
import { envelopeInside } from './line-inside.js';

export const MOST_EVENT_BYTES = 1024 * 1024;
export const MOST_DEPTH = 64;
/** Members, elements, objects and arrays of an event, each of which is looked at many times behind here. */
const MOST_VALUES = 30_000;

/** Why a piece is no event: a code for programs, a sentence for people. */
export interface PieceProblem {
  code: string;
  sentence: string;
}

/** Why an event is not parsed: what that costs is bounded before it is done. */
export const whyNotParsed = (json: Buffer): PieceProblem | undefined => {
  switch (tooMuchIn(json, { depth: MOST_PARSED_DEPTH, values: MOST_VALUES })) {
    case 'depth':
      return TOO_DEEP;
    case 'values':
      return { code: 'TOO_MANY_VALUES', sentence: `The event has more than ${MOST_VALUES} members and elements.` };
    case undefined:
      return undefined;
  }
};

/** Why no event was made of what is JSON: a fault of ours, that its dead letter can be replayed after. */
export const notNormalised = (error: unknown): PieceProblem => ({
  code: 'NOT_NORMALISED',
  sentence: `No event can be made of it: ${error instanceof Error ? error.message.slice(0, 500) : 'unknown'}`,
});

/** What is deeper than an event may be, and was never meant as one, need not be parsed to be refused. */
const MOST_PARSED_DEPTH = 8 * MOST_DEPTH;
const TOO_DEEP: PieceProblem = { code: 'TOO_DEEP', sentence: `The event nests deeper than ${MOST_DEPTH} levels.` };

/** What a piece says, and what stood around it. */
export interface ReadPiece {
  event: NativeObject;
  /** The vendor's own JSON; text as `{ "message": text }`. */
  native: Buffer;
  envelope?: EventEnvelope;
  /** What a sender parsed out of its text, or says of its event: known where the text itself says nothing of that name. */
  beside?: NativeObject;
  flags: string[];
}

const LOOKED_AT = 1_024;

/** What came instead, to sources that take JSON alone. */
const whatElse = (piece: string): string => {
  const begins = piece.slice(0, LOOKED_AT);
  if (begins.startsWith('{') || begins.startsWith('[')) return '';
  if (/^<[?A-Za-z]/.test(begins)) return ', but XML';
  const isSeparated = [',', ';', '\t'].some((mark) => begins.split(mark, 3).length === 3);
  return isSeparated
    ? ', but seems to be separated values (CSV), which are read where their header stands in the same message'
    : ', but text, which this kind of source does not take';
};

const objectIn = (json: string): { event: NativeObject } | PieceProblem => {
  try {
    const event = JSON.parse(json) as NativeJson;
    if (deeperThan(event, MOST_DEPTH)) return TOO_DEEP;
    return isObject(event) ? { event } : { code: 'NOT_AN_OBJECT', sentence: 'The event is JSON, but not an object.' };
  } catch (error) {
    return {
      code: 'NOT_JSON',
      sentence: `The event is not JSON${whatElse(json)}: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`,
    };
  }
};

/** A line of text, with its bytes as they are where it is not UTF-8. */
const textOf = (piece: MessagePiece, receivedAt: number): ReadPiece => {
  const { text: bytes = piece.bytes, fields } = piece;
  const isKnown = isUtf8(bytes);
  const event = wrapped(bytes.toString(isKnown ? 'utf8' : 'latin1'), fields);
  const header = readSyslogHeader(event.message);
  return {
    event,
    native: Buffer.from(JSON.stringify(event)),
    ...(header ? { envelope: envelopeOf(header, receivedAt) } : {}),
    flags: isKnown ? [] : [LATIN_1],
  };
};

/** What a piece says that was parsed before. It is held no longer: what was made of a message is kept until it is sent. */
const taken = (piece: MessagePiece): NativeObject | undefined => {
  const { value } = piece;
  if (value) piece.value = undefined;
  return value;
};

const jsonOf = (
  json: Buffer,
  piece: MessagePiece,
  form: MessageForm,
  receivedAt: number,
): { event: NativeObject } | ReadPiece | PieceProblem => {
  const event = taken(piece);
  if (event) return deeperThan(event, MOST_DEPTH) ? TOO_DEEP : { event };
  const costly = whyNotParsed(json);
  if (costly) return costly;
  const isKnown = isUtf8(json);
  const read = objectIn(json.toString(isKnown ? 'utf8' : 'latin1'));
  if ('code' in read)
    return read.code === 'NOT_JSON' && form.text ? textOf(piece, receivedAt) : problemOf(read, isKnown);
  return isKnown ? read : NOT_UTF_8;
};

/** The event of a piece without what is said around it, or why there is none. */
const readLineOf = (
  piece: MessagePiece,
  { form }: Pick<Source, 'form'>,
  receivedAt: number,
): ReadPiece | PieceProblem => {
  const { json, header, problem } = piece;
  if (problem) return problem;
  // The bytes of a piece that shares its header with others are made where they are asked for.
  const { length } = json ?? piece.text ?? piece.bytes;
  if (length > MOST_EVENT_BYTES)
    return { code: 'TOO_LARGE', sentence: `The event has ${length} bytes; at most ${MOST_EVENT_BYTES} are taken.` };
  if (!json) return textOf(piece, receivedAt);
  const read = jsonOf(json, piece, form, receivedAt);
  if ('code' in read || 'native' in read) return read;
  const { event } = read;
  const inside = form.text ? envelopeInside(event, receivedAt, piece.around === undefined) : undefined;
  const envelope = header ? envelopeBefore(header, receivedAt) : inside;
  return { event, native: json, ...(envelope ? { envelope } : {}), flags: [] };
};

/** The event of a piece, or why there is none. @param receivedAt when the broker took it, epoch ms. */
export const readPiece = (
  piece: MessagePiece,
  source: Pick<Source, 'form' | 'kind'>,
  receivedAt: number,
): ReadPiece | PieceProblem => {
  const read = readLineOf(piece, source, receivedAt);
  if ('code' in read || !piece.around) return read;
  const inside = read.envelope;
  const beside = piece.around.find((one) => one.beside)?.beside;
  return {
    ...read,
    ...(beside && { beside }),
    envelope: piece.around.reduceRight((inner, one) => passedOn(one, inner, source.kind, receivedAt), inside),
  };
};

const NOT_UTF_8: PieceProblem = { code: 'WRONG_ENCODING', sentence: 'The event is not valid UTF-8.' };

const problemOf = (problem: PieceProblem, isKnown: boolean): PieceProblem => (isKnown ? problem : NOT_UTF_8);
