/**
 * The line inside of what a shipper says around it: `{"message": "{…}", "host": …}` of Filebeat, Vector and Logstash,
 * `log` of Fluent Bit and Docker, `line` of Docker's driver for Splunk, `_raw` of Cribl, and lines as containers print
 * them. The event is the line, and what is around it its envelope; shippers that pass a line on wrap it again.
 */
import {
  bothSaid,
  containerLine,
  isOfShipper,
  LINE_NAMES,
  NAMES_OF_LINES_ALONE,
  saidIn,
  type LineName,
} from '../envelope/shippers.js';
import { memberOf } from '../envelope/members.js';
import { eventsIn, holdsEvents, valueOf } from './json-events.js';
import { isObjectStart } from './json-scan.js';
import { isObject } from './json-values.js';
import type { MessageForm, MessagePiece, NativeObject, SaidAround } from './source.js';
import { xmlPartAt, xmlAsJson } from './xml-events.js';

/** How often a line is looked for inside of a line. */
const MOST_WRAPS = 4;
/** What is larger becomes a dead letter as it is. */
const MOST_OPENED_BYTES = 1024 * 1024;
const [QUOTE, OPEN_OBJECT] = [0x22, 0x7b];
const LOOKED_AT = 64;
/** How JSON, or a line as containers print it, begins inside of a text. */
const MAY_BE_WRAPPED = /^"(?:\s|\\[nrt])*(?:[{[]|\d{4}-\d\d-\d\dT)/;
const AS_JSON = /^\s*[{[]/;

/** A line, what it stands in, and how both are written with another line in its place. */
interface Wrapped {
  text: string;
  said: SaidAround;
  /** The piece as it came; written where it is asked for: what stands around may be large, and around many lines. */
  written(): Buffer;
  writtenWith(text: string): Buffer;
  depth: number;
}

const KEYS = LINE_NAMES.map((name): [LineName, Buffer] => [name, Buffer.from(JSON.stringify(name))]);

/** Where a line may stand that is to be opened: most events are not parsed for this. */
const lineNameIn = (json: Buffer): LineName | undefined => {
  for (const [name, key] of KEYS) {
    const value = json.includes(key) ? memberOf(json, name) : undefined;
    if (!value) continue;
    if (name === 'line' && value[0] === OPEN_OBJECT) return name;
    if (value[0] !== QUOTE) continue;
    const isOpened = NAMES_OF_LINES_ALONE.has(name) || MAY_BE_WRAPPED.test(value.toString('latin1', 0, LOOKED_AT));
    return isOpened ? name : undefined;
  }
  return undefined;
};

/** Docker's driver puts a line that is JSON there as it is. */
const textUnder = (json: Buffer, document: NativeObject, name: LineName): string | undefined => {
  const line = document[name];
  return typeof line === 'string' ? line : isObject(line) ? memberOf(json, name)?.toString('utf8') : undefined;
};

/** The pieces of a line: JSON as its events, else one text where the source takes such; undefined for what stays. */
const piecesOfLine = (wrapped: Wrapped, form: MessageForm, isLineAlone: boolean): MessagePiece[] | undefined => {
  const { text, writtenWith, depth } = wrapped;
  const line = Buffer.from(text);
  if (AS_JSON.test(text)) {
    const events = holdsEvents(line) ? eventsIn(line, form) : [];
    if (events.length > 0)
      return events.flatMap((json) => {
        const one = events.length > 1 ? { ...wrapped, written: () => writtenWith(json.toString('utf8')) } : wrapped;
        return (depth < MOST_WRAPS ? unwrappedIn(json, form, one) : undefined) ?? [pieceOf(one, { json })];
      });
  }
  if (!isLineAlone) return undefined;
  const xml = form.xml ? xmlPartAt(line, 0)?.event : undefined;
  if (xml) return [pieceOf(wrapped, { json: xmlAsJson(xml) })];
  return form.text ? [pieceOf(wrapped, { text: line })] : undefined;
};

const pieceOf = ({ written, said }: Wrapped, read: Pick<MessagePiece, 'json' | 'text'>): MessagePiece => ({
  get bytes() {
    return written();
  },
  ...read,
  around: [said],
});

type Outer = Omit<Wrapped, 'text' | 'said'> & { said?: SaidAround };

const unwrappedIn = (json: Buffer, form: MessageForm, outer: Outer): MessagePiece[] | undefined => {
  const name = lineNameIn(json);
  const document = name && valueOf(json);
  if (!name || !isObject(document) || !isOfShipper(document)) return undefined;
  const text = textUnder(json, document, name);
  if (text === undefined) return undefined;
  const line = containerLine(text);
  const said = bothSaid(outer.said, saidIn(document, name));
  return piecesOfLine(
    {
      text: line?.text ?? text,
      said: line ? bothSaid(said, line.said) : said,
      written: outer.written,
      writtenWith: (inner) => outer.writtenWith(JSON.stringify({ ...document, [name]: inner })),
      depth: outer.depth + 1,
    },
    form,
    line !== undefined || NAMES_OF_LINES_ALONE.has(name),
  );
};

/** The pieces of the line that a shipper wrapped into an object; undefined for somebody's event. */
export const unwrapped = (json: Buffer, form: MessageForm): MessagePiece[] | undefined =>
  form.isRaw || json.length > MOST_OPENED_BYTES || !isObjectStart(json[0])
    ? undefined
    : unwrappedIn(json, form, { written: () => json, writtenWith: (text) => Buffer.from(text), depth: 0 });

/** The same of a line of text that a container printed. */
export const printed = (bytes: Buffer, form: MessageForm): MessagePiece[] | undefined => {
  // Of other lines no text is made, but of their beginning.
  if (form.isRaw || bytes[4] !== 0x2d || bytes.length > MOST_OPENED_BYTES) return undefined;
  if (!containerLine(bytes.toString('latin1', 0, LOOKED_AT))) return undefined;
  const whole = bytes.toString('utf8');
  const line = containerLine(whole);
  if (!line) return undefined;
  const { said, text } = line;
  const before = whole.slice(0, whole.length - text.length);
  return piecesOfLine(
    { text, said, written: () => bytes, writtenWith: (inner) => Buffer.from(before + inner), depth: 0 },
    form,
    form.text ?? false,
  );
};
