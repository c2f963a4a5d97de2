import { accessOf } from '../../lines/access-log.js';
import { errorOf } from '../../lines/error-log.js';
import { fieldsOfText } from '../../lines/index.js';
import { readSyslogHeader } from '../../lines/syslog-header.js';
import { squidOf } from '../../lines/squid.js';
import { FIELDS, w3cOf } from '../../lines/w3c.js';
import type { JsonObject } from '../../json.js';
import { textAt } from './derived.js';

const LINES = ['message', 'log', '_raw', 'raw', 'event.original'];

/**
 * What a log line says. `isKnown`: its fields stand before the event's own, for the line is what the event is about.
 * `host`: who sent it, by its syslog header; `server`: by the server's own settings.
 */
export type WebLine = {
  fields: JsonObject;
  isKnown?: boolean;
  request?: string;
  server?: string;
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
  const whole = textAt(native, ...LINES)?.trimEnd();
  if (whole === undefined || whole.startsWith('{')) return undefined;
  const header = readSyslogHeader(whole);
  const [host, text] = [header?.host, header ? whole.slice(header.end) : whole];
  const service = PROGRAMS.get(header?.app ?? '');
  const base = { ...(host === undefined ? {} : { host }), ...(service === undefined ? {} : { service }) };
  const access = accessOf(text);
  if (access) return { ...base, ...access, isKnown: true };
  const squid = squidOf(text);
  if (squid) return { ...base, ...squid, isKnown: true };
  const failed = errorOf(text);
  if (failed) return { ...base, ...failed, isKnown: true };
  const told = native[FIELDS];
  const w3c = w3cOf(text, typeof told === 'string' ? told : undefined);
  if (w3c) return { ...base, fields: w3c, isKnown: true };
  return { ...base, fields: { ...began(whole), ...fieldsOfText(whole) } };
};

const began = (whole: string): JsonObject => {
  const time = /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*)/.exec(whole)?.[1];
  return time === undefined ? {} : { 'derived.time': time };
};
