import { readSyslogHeader } from '#libs/sigma';
import { isObjectStart, isValueStart, skipInLine, valueEnd } from './json-scan.js';
import { eventsIn, holdsEvents } from './json-events.js';
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
 */
export const headedValues = (line: Buffer, form: MessageForm): MessagePiece[] | undefined => {
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
  const events = values.flatMap((value) => eventsIn(value, form));
  if (events.length === 1) return [{ bytes: line, json: events[0], header: said }];
  const before = line.subarray(0, header.end);
  return events.map((json) => ({
    // Made where they are asked for: the header may be long, and many events stand behind it.
    get bytes() {
      return Buffer.concat([before, Buffer.from(' '), json]);
    },
    json,
    header: said,
  }));
};
