import { accessOf } from '../../lines/access-log.js';
import { errorOf } from '../../lines/error-log.js';
import { fieldsOfText } from '../../lines/index.js';
import { readSyslogHeader } from '../../lines/syslog-header.js';
import { squidOf } from '../../lines/squid.js';
import { FIELDS, w3cOf } from '../../lines/w3c.js';
import { edgeLineOf, envoyOf } from '../../lines/web/index.js';
import { isoOfWritten } from '../../lines/written-time.js';
import type { Json, JsonObject } from '../../json.js';
import { isObject, textAt } from './derived.js';
import { LINES_OF_PROGRAMS } from './line-places.js';
import { shapeOf } from './web-shapes.js';

/**
 * What a log line says. `isKnown`: its fields stand before the event's own, for the line is what the event is about.
 * `host`: who sent it, by its syslog header; `server`: by the server's own settings; `asked`: what the client asked
 * for, or so it says.
 */
export type WebLine = {
  fields: JsonObject;
  isKnown?: boolean;
  request?: string;
  server?: string;
  asked?: string;
  category?: 'connection';
  host?: string;
  service?: string;
};

const PROGRAMS = new Map([
  ['apache', 'apache'],
  ['apache2', 'apache'],
  ['httpd', 'apache'],
  ['nginx', 'nginx'],
]);

/** What the log line in an event says, if there is one. */
export const webLineOf = (native: JsonObject): WebLine | undefined => {
  const whole = textAt(native, ...LINES_OF_PROGRAMS)?.trimEnd();
  if (whole === undefined || whole.startsWith('{')) return undefined;
  const header = readSyslogHeader(whole);
  const [host, text] = [header?.host, header ? whole.slice(header.end) : whole];
  const service = PROGRAMS.get(header?.app ?? '');
  const base = { ...(host === undefined ? {} : { host }), ...(service === undefined ? {} : { service }) };
  for (const read of READERS) {
    const line = read(text);
    if (line) return { ...base, ...line, isKnown: true };
  }
  const told = native[FIELDS];
  const w3c = w3cOf(text, typeof told === 'string' ? told : undefined);
  if (w3c) return { ...base, fields: w3c, isKnown: true };
  return { ...base, fields: { ...began(whole), ...fieldsOfText(whole) } };
};

const CADDY = /^(\d{4}[-/]\d\d[-/]\d\d[ T][^\s]{8,32})\t[A-Za-z]{4,5}\t(?:[\w.-]{1,64}\t)?handled request\t(?=\{)/;

/** Caddy's log as it writes it to people: time, level, what it is, and the rest as JSON. */
const caddyOf = (text: string): Pick<WebLine, 'fields'> | undefined => {
  const [head, time = ''] = CADDY.exec(text) ?? [];
  if (head === undefined) return undefined;
  try {
    const said = JSON.parse(text.slice(head.length)) as Json;
    if (!isObject(said)) return undefined;
    const fields = { ...shapeOf(said), 'sc-status': said.status ?? '', 'derived.time': isoOfWritten(time) ?? '' };
    return { fields };
  } catch {
    return undefined; // What only begins so stays text.
  }
};

/**
 * Lines that are known by themselves, in the order in which they are tried. Envoy does not escape what clients send,
 * which may look like a line of an access log; what is sent to one that writes those may look like any other.
 */
const READERS: readonly ((text: string) => WebLine | undefined)[] = [
  envoyOf,
  accessOf,
  squidOf,
  edgeLineOf,
  errorOf,
  caddyOf,
];

const began = (whole: string): JsonObject => {
  const time = /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*)/.exec(whole)?.[1];
  return time === undefined ? {} : { 'derived.time': time };
};
