/**
 * The line inside of what a shipper says around it: `{"message": "{…}", "host": …}` of Filebeat, Vector and Logstash,
 * what Filebeat parsed (`json`), `log` of Fluent Bit and Docker, `line` of Docker's driver for Splunk, `_raw` of Cribl,
 * and lines as containers print them. The event is the line, and what is around it its envelope; shippers that pass a
 * line on wrap it again.
 */
import { bothSaid, containerLine, inText, isOfShipper, NAMES_OF_LINES_ALONE, saidIn } from '../envelope/shippers.js';
import { eventsIn, holdsEvents, valueOf } from './json-events.js';
import { isObjectStart } from './json-scan.js';
import { isObject } from './json-values.js';
import type { MessageForm, MessagePiece, NativeObject, SaidAround } from './source.js';
import { lineNameIn, textUnder } from './line-names.js';
import { pieceIn } from './piece-in.js';
import { xmlPartAt, xmlAsJson } from './xml-events.js';

/** How often a line is looked for inside of a line. */
const MOST_WRAPS = 4;
/** What is larger becomes a dead letter as it is. */
const MOST_OPENED_BYTES = 1024 * 1024;
const LOOKED_AT = 64;
const AS_JSON = /^\s*[{[]/;

/** A line, what it stands in, and how both are written with another line in its place. */
interface Wrapped {
  text: string;
  said: SaidAround;
  /** The piece as it came; written where it is asked for: what stands around may be large, and around many lines. */
  written(): Buffer;
  writtenWith(text: string): Buffer;
  depth: number;
  /** What stands in it anybody may have written. */
  isText: boolean;
}

/** How what stands in a line is read. */
export interface LineReading {
  form: MessageForm;
  /** What services put around events (`src/unwrap`), where a value is that. */
  open(json: Buffer): MessagePiece[] | undefined;
}

/** The pieces of a line: JSON as its events, else one text where the source takes such; undefined for what stays. */
const piecesOfLine = (wrapped: Wrapped, reading: LineReading, isLineAlone: boolean): MessagePiece[] | undefined => {
  const { text, writtenWith } = wrapped;
  const { form } = reading;
  const line = Buffer.from(text);
  if (AS_JSON.test(text)) {
    const events = holdsEvents(line) ? eventsIn(line, form) : [];
    if (events.length > 0)
      return events.flatMap((json) => {
        const one = events.length > 1 ? { ...wrapped, written: () => writtenWith(json.toString('utf8')) } : wrapped;
        return openedIn(json, reading, one) ?? [pieceOf(one, { json })];
      });
  }
  if (!isLineAlone) return undefined;
  const xml = form.xml ? xmlPartAt(line, 0)?.event : undefined;
  if (xml) return [pieceOf(wrapped, { json: xmlAsJson(xml) })];
  return form.text ? [pieceOf(wrapped, { text: line })] : undefined;
};

const openedIn = (json: Buffer, reading: LineReading, wrapped: Wrapped): MessagePiece[] | undefined => {
  const { said, written, writtenWith, depth } = wrapped;
  const opened = reading.open(json);
  const isOne = opened?.length === 1;
  if (opened)
    return opened.map((one) => pieceIn(one, said, isOne ? written : () => writtenWith(one.bytes.toString('utf8'))));
  return depth < MOST_WRAPS ? unwrappedIn(json, reading, wrapped) : undefined;
};

const pieceOf = ({ written, said }: Wrapped, read: Pick<MessagePiece, 'json' | 'text'>): MessagePiece => ({
  get bytes() {
    return written();
  },
  ...read,
  around: [said],
});

type Outer = Omit<Wrapped, 'text' | 'said'> & { said?: SaidAround };

const unwrappedIn = (
  json: Buffer,
  reading: LineReading,
  outer: Outer,
  said?: NativeObject,
): MessagePiece[] | undefined => {
  const name = lineNameIn(json, said);
  const document = name && (said ?? valueOf(json));
  if (!name || !isObject(document) || !isOfShipper(document)) return undefined;
  const text = textUnder(json, document, name);
  if (text === undefined) return undefined;
  const line = containerLine(text);
  const shipper = saidIn(document, name);
  const around = bothSaid(outer.said, outer.isText ? inText(shipper) : shipper);
  return piecesOfLine(
    {
      text: line?.text ?? text,
      said: line ? bothSaid(around, line.said) : around,
      written: outer.written,
      writtenWith: (inner) => outer.writtenWith(JSON.stringify({ ...document, [name]: inner })),
      depth: outer.depth + 1,
      isText: true,
    },
    reading,
    line !== undefined || NAMES_OF_LINES_ALONE.has(name),
  );
};

/**
 * The pieces of the line that a shipper wrapped into an object; undefined for somebody's event.
 * @param isText the object stands in a text.
 * @param said what it says, where that is known.
 */
export const unwrapped = (
  json: Buffer,
  reading: LineReading,
  isText: boolean,
  said?: NativeObject,
): MessagePiece[] | undefined => {
  if (reading.form.isRaw || json.length > MOST_OPENED_BYTES || !isObjectStart(json[0])) return undefined;
  const outer: Outer = { written: () => json, writtenWith: (text) => Buffer.from(text), depth: 0, isText };
  return unwrappedIn(json, reading, outer, said);
};

/** The same of a line of text that a container printed. */
export const printed = (bytes: Buffer, reading: LineReading): MessagePiece[] | undefined => {
  const { form } = reading;
  // Of other lines no text is made, but of their beginning.
  if (form.isRaw || bytes[4] !== 0x2d || bytes.length > MOST_OPENED_BYTES) return undefined;
  if (!containerLine(bytes.toString('latin1', 0, LOOKED_AT))) return undefined;
  const whole = bytes.toString('utf8');
  const line = containerLine(whole);
  if (!line) return undefined;
  const { said, text } = line;
  const before = whole.slice(0, whole.length - text.length);
  return piecesOfLine(
    { text, said, written: () => bytes, writtenWith: (inner) => Buffer.from(before + inner), depth: 0, isText: true },
    reading,
    form.text ?? false,
  );
};
