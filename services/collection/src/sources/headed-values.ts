import { readSyslogHeader } from '#libs/sigma';
import { isObjectStart, isValueStart, skipInLine, valueEnd } from './json-scan.js';
import { eventsIn, holdsEvents } from './json-events.js';
import { pieceIn } from './piece-in.js';
import type { MessageForm, MessagePiece } from './source.js';

const [CLOSE_OBJECT, CLOSE_ARRAY] = [0x7d, 0x5d];
/** What CEE writes before JSON (rsyslog's mmjsonparse). */
const COOKIE = '@cee:';

/** Where the message part of a line begins that has a header, its cookie left out. */
const messageStart = (line: Buffer, headerEnd: number): number => {
  const start = skipInLine(line, headerEnd);
  const end = start + COOKIE.length;
  return line.toString('latin1', start, end) === COOKIE ? skipInLine(line, end) : start;
};

/**
 * The JSON behind a syslog header when it is the whole message part, one event or several; undefined for any other
 * line. Whether a single object parses is found out when it is read.
 * @param open what stands in a value around others, of which nobody is believed who says when and where it was.
 */
export const headedValues = (
  line: Buffer,
  form: MessageForm,
  open: (json: Buffer) => MessagePiece[] | undefined,
): MessagePiece[] | undefined => {
  const last = line.at(-1);
  if (last !== CLOSE_OBJECT && last !== CLOSE_ARRAY) return undefined;
  // One byte a character, so that the header's end is the bytes' too.
  const header = readSyslogHeader(line.toString('latin1'));
  if (!header) return undefined;
  const said = readSyslogHeader(line.toString('utf8', 0, header.end)) ?? header;
  const values: Buffer[] = [];
  for (let here = messageStart(line, header.end); here < line.length; ) {
    const end = isValueStart(line[here]) ? valueEnd(line, here) : -1;
    if (end < 0) return undefined;
    values.push(line.subarray(here, end));
    here = skipInLine(line, end);
  }
  const [first] = values;
  if (!first) return undefined;
  if (values.length > 1 || !isObjectStart(first[0])) {
    if (!values.every(holdsEvents)) return undefined;
  }
  const before = line.subarray(0, header.end);
  const events = values.flatMap((value) => eventsIn(value, form));
  const isAlone = events.length === 1;
  return events.flatMap((json) => {
    const inside = open(json);
    if (inside) {
      const around = { by: 'syslog-header', said: [], header: said };
      return inside.map((piece) =>
        pieceIn(piece, around, () => (inside.length > 1 || !isAlone ? behind(before, piece.bytes) : line)),
      );
    }
    return [
      {
        get bytes() {
          return isAlone ? line : behind(before, json);
        },
        json,
        header: said,
      },
    ];
  });
};

/** Made where it is asked for: the header may be long, and many events stand behind it. */
const behind = (header: Buffer, json: Buffer): Buffer => Buffer.concat([header, Buffer.from(' '), json]);
