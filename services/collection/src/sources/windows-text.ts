/**
 * Windows events as text: Snare's lines (`MSWinEventLog` and values between tabs), and the blocks that Splunk's
 * forwarder writes without XML (a time, `LogName=…` and further names, a message of many lines). Each becomes an object
 * with those names, as a row of a table does.
 */
import { isUtf8 } from 'node:buffer';
import { readSyslogHeader } from '#libs/sigma';
import type { MessagePiece } from './source.js';

/** rsyslog writes tabs that it passes on as `#011`. */
const MARK = /MSWinEventLog(\t|#011)/;
const MOST_BEFORE = 512;
/** Behind the mark and the number of the criticality. https://www.rsyslog.com/doc/configuration/modules/mmsnareparse.html */
const SNARE = [
  'LogName',
  'SnareCounter',
  'EventTime',
  'EventCode',
  'SourceName',
  'UserName',
  'SidType',
  'Type',
  'ComputerName',
  'TaskCategory',
  'Data',
  'Message',
];
const OPEN_OBJECT = 0x7b;

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `Fri May 24 09:30:43 2013`, by the clock of its host, as NXLog writes such a time. */
const writtenOut = (text: string): string | undefined => {
  const [, month = '', day = '', clock, year] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(text) ?? [];
  const place = MONTHS.indexOf(month);
  if (year === undefined || clock === undefined || place < 0 || place % 3 !== 0) return undefined;
  return `${year}-${String(place / 3 + 1).padStart(2, '0')}-${day.padStart(2, '0')} ${clock}`;
};

/** The event of a line of Snare's, also behind a header or the name of its host; undefined for any other line. */
export const snareLine = (line: Buffer): MessagePiece | undefined => {
  const found = MARK.exec(line.toString('latin1', 0, MOST_BEFORE));
  if (!found || !isUtf8(line) || /[^\s:]$/.test(found.input.slice(0, found.index))) return undefined;
  const [mark, tab = ''] = found;
  const [, ...values] = line.toString('utf8', found.index + mark.length).split(tab);
  if (values[0]?.charCodeAt(0) === OPEN_OBJECT) return undefined;
  const [code] = values.slice(3);
  if (values.length < 11 || code === undefined || !/^\d{1,5}$/.test(code)) return undefined;
  const event: Record<string, string> = {};
  SNARE.forEach((name, place) => {
    const value = name === 'Message' ? values.slice(place).join(' ') : (values[place] ?? '');
    if (value !== '' && value !== 'N/A') event[name] = name === 'EventTime' ? (writtenOut(value) ?? value) : value;
  });
  const header = readSyslogHeader(line.toString('latin1'));
  return { bytes: line, json: Buffer.from(JSON.stringify(event)), ...(header ? { header } : {}) };
};

const BLOCK = /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d{1,9})? [AP]M\r?\n(?=LogName=)/;
const LOG_NAME = '\nLogName=';
const NAMED = /^([A-Za-z]\w{0,40})=(.*)$/;
const LOOKED_AT = 64;

const beginsBlock = (bytes: Buffer, from: number): boolean => {
  const digit = bytes[from] ?? 0;
  return digit >= 0x30 && digit <= 0x39 && BLOCK.test(bytes.toString('latin1', from, from + LOOKED_AT));
};

/**
 * Where the block that begins here ends: where the next begins, or the bytes end; -1 where none does.
 * @param isOne the bytes are one event, of which a script or command in it may hold what looks like the next.
 */
export const blockEnd = (bytes: Buffer, from: number, isOne: boolean): number => {
  if (!beginsBlock(bytes, from)) return -1;
  if (isOne) return bytes.length;
  let here = bytes.indexOf(LOG_NAME, from, 'latin1') + LOG_NAME.length;
  for (;;) {
    const next = bytes.indexOf(LOG_NAME, here, 'latin1');
    if (next === -1) return bytes.length;
    const line = bytes.lastIndexOf('\n', next - 1, 'latin1') + 1;
    if (line > here && beginsBlock(bytes, line)) return line - 1;
    here = next + LOG_NAME.length;
  }
};

const HOST = /(?<=\n)ComputerName=([^\r\n]*)/;
const NOT_BELIEVED = 'NotBelievedComputerName=';

/** The host that a block names before its message; undefined where it names none. */
export const hostOfBlock = (block: Buffer): string | undefined => {
  const message = block.indexOf('\nMessage=', 0, 'latin1');
  return HOST.exec(block.toString('latin1', 0, message < 0 ? undefined : message))?.[1]?.toLowerCase();
};

/**
 * A block behind another of the same bytes: nothing tells it from a text in that one's message. Where it names another
 * host, that stands under a name that nobody reads as one.
 */
export const notBelieved = (block: Buffer, first: string | undefined): Buffer => {
  const host = hostOfBlock(block);
  if (host === undefined || host === first) return block;
  return Buffer.from(block.toString('latin1').replace(HOST, `${NOT_BELIEVED}$1`), 'latin1');
};

/** `01/13/2020 05:41:56 PM`, by the clock of its host, as NXLog writes such a time. */
const localTime = (text: string): string | undefined => {
  const [, month, day, year, hour, clock, half] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d:\d\d)(?:\.\d{1,9})? ([AP])M/.exec(text) ?? [];
  if (year === undefined || hour === undefined) return undefined;
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')} ${String(hours).padStart(2, '0')}:${clock}`;
};

/** The event of a block; undefined for bytes that are no text. */
export const blockAsJson = (block: Buffer): Buffer | undefined => {
  if (!isUtf8(block)) return undefined;
  const [first = '', ...lines] = block.toString('utf8').trimEnd().split(/\r?\n/);
  const event: Record<string, string> = { EventTime: localTime(first) ?? first };
  for (const [place, line] of lines.entries()) {
    const [, name, value = ''] = NAMED.exec(line) ?? [];
    if (name === 'Message') {
      event.Message = [value, ...lines.slice(place + 1)].join('\n').trimEnd();
      break;
    }
    if (name !== undefined && value !== '' && value !== 'NOT_TRANSLATED') event[name] ??= value;
  }
  return Buffer.from(JSON.stringify(event));
};
