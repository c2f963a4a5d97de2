/**
 * Messages whose lines are events in envelopes (`envelope/line.ts`): what HEC and OTLP say around an event reaches it
 * as what a syslog header says does.
 */
import { onceFor } from '#libs/model';
import { ENVELOPE_TRUNCATED, readLine, TIME_OBSERVED, writeLine, type EnvelopeLine } from '../envelope/line.js';
import { valueOf } from '../sources/json-events.js';
import { piecesIn } from '../sources/pieces.js';
import { isObjectStart } from '../sources/json-scan.js';
import { isObject } from '../sources/json-values.js';
import type { MessageForm, MessagePiece, NativeObject, Source } from '../sources/source.js';
import { piecesOfText } from '../unwrap/index.js';
import { Unwrapping } from '../unwrap/unwrapping.js';
import { isPrintedBy } from '../envelope/shippers.js';
import { partsInside } from './line-inside.js';
import { around as layered, ofProgram, timeOfLine } from './layers.js';
import type { NamesRoom } from './names-room.js';
import { readPiece, type PieceProblem, type ReadPiece } from './piece.js';

/** A piece, and what was said around it. */
export interface EnvelopedPiece {
  /** Its whole line: a dead letter of it is read again as it was. */
  bytes: Buffer;
  inner: MessagePiece;
  around: EnvelopeLine | undefined;
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const NO_ENVELOPE: PieceProblem = {
  code: 'BAD_ENVELOPE',
  sentence: 'The message says that its lines are envelopes, and this one is none.',
};

/** The text that a JSON text says, or undefined for what is none. */
const textIn = (json: Buffer): string | undefined =>
  json[0] === QUOTE ? (valueOf(json) as string | undefined) : undefined;

/** What a piece stands in says more than the piece. */
const eventIn = (piece: MessagePiece): Buffer => {
  if (piece.json && !piece.around) return piece.json;
  const { bytes } = piece;
  return piece.around && isObjectStart(bytes[0]) ? bytes : Buffer.from(JSON.stringify(bytes.toString('utf8')));
};

const piecesOfLine = (line: Buffer, form: MessageForm, unwrapping: Unwrapping): EnvelopedPiece[] => {
  const around = readLine(line);
  const text = around && textIn(around.event);
  const event = text === undefined ? (around?.event ?? line) : Buffer.from(text);
  if (!around) return [{ bytes: line, inner: { bytes: line }, around }];
  if (around.problem) return [{ bytes: line, inner: { bytes: event }, around }];
  const cut = piecesIn(event, form, Infinity, text === undefined ? unwrapping : unwrapping.ofText());
  const pieces = text === undefined ? cut : piecesOfText(event, form, cut);
  const [only] = pieces;
  if (pieces.length <= 1) return [{ bytes: line, inner: only ?? { bytes: event, json: event }, around }];
  return pieces.map((inner) => ({
    // Written where it is asked for: what stands around may be large, and a line has many pieces.
    get bytes() {
      return writeLine({ ...around, event: eventIn(inner) });
    },
    inner,
    around,
  }));
};

/** The pieces of a message whose lines are envelopes. */
export const envelopedPieces = (message: Buffer, form: MessageForm): EnvelopedPiece[] => {
  const found: EnvelopedPiece[] = [];
  const unwrapping = new Unwrapping();
  for (let from = 0; from < message.length; ) {
    const next = message.indexOf(NEWLINE, from);
    const end = next === -1 ? message.length : next;
    if (end > from) for (const piece of piecesOfLine(message.subarray(from, end), form, unwrapping)) found.push(piece);
    from = end + 1;
  }
  return found;
};

/** Longer ones are no parts of a line. */
const LONGEST_FIELDS = 64 * 1024;

/** What a sender parsed out of a text and says beside it: HEC's fields, OTLP's attributes. */
const parsedFields = ({ by, said }: EnvelopeLine): NativeObject | undefined => {
  const name = by === 'hec' ? 'fields' : by === 'otlp' ? 'attributes' : undefined;
  if (!name || !said || said.length > LONGEST_FIELDS || !said.includes(`"${name}":`)) return undefined;
  const value = valueOf(Buffer.from(said));
  const fields = isObject(value) ? value[name] : undefined;
  return isObject(fields) ? fields : undefined;
};

const fieldsIn = onceFor((line: EnvelopeLine) => {
  const fields = parsedFields(line) ?? {};
  return { fields, names: Object.keys(fields).length };
});

/** What is said may be long, and stand around many pieces. */
const printing = onceFor(({ said }: EnvelopeLine) => ({ isPrinted: isPrintedBy(said) }));

/** As `readPiece`, of a piece in an envelope. @param names what those of its message may still be put together of. */
export const readEnveloped = (
  { inner, around }: EnvelopedPiece,
  source: Pick<Source, 'form' | 'kind'>,
  receivedAt: number,
  names: NamesRoom,
): ReadPiece | PieceProblem => {
  if (!around) return NO_ENVELOPE;
  if (around.problem) return around.problem;
  const read = readPiece(inner, source, receivedAt);
  if ('code' in read) return read;
  const beside = inner.json ? undefined : fieldsIn(around);
  const isBeside = beside !== undefined && beside.names > 0 && names.takes(beside.names);
  const inside = read.envelope ?? (isBeside ? partsInside({ ...beside.fields, ...read.event }, receivedAt) : undefined);
  const flags = (around.flags ?? []).filter((flag) => flag !== TIME_OBSERVED);
  return {
    event: read.event,
    native: read.native,
    envelope: layered(
      { ...around, time: timeOfLine(around) },
      printing(around).isPrinted ? ofProgram(inside, source.kind) : inside,
      source.kind,
    ),
    ...(isBeside ? { beside: beside.fields } : read.beside && { beside: read.beside }),
    flags: [...read.flags, ...flags, ...(!isBeside && beside?.names ? [ENVELOPE_TRUNCATED] : [])],
  };
};
