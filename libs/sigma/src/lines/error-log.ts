import { isIP } from 'node:net';
import type { JsonObject } from '../json.js';
import { closingQuote, unescapedLog } from './quoted.js';
import { isoOfWritten } from './written-time.js';

/** What a web server says went wrong. `service` as Sigma calls the server. */
export type ErrorLine = {
  service: 'apache' | 'nginx';
  fields: JsonObject;
  request?: string;
  /** The virtual host, by the server's own settings. */
  server?: string;
};

/** A line of Apache's or nginx's error log. Its times are the server's own and name no zone. */
export const errorOf = (line: string): ErrorLine | undefined => apacheOf(line) ?? nginxOf(line);

const MOST_GROUPS = 8;
const LONGEST_GROUP = 256;

/** What stands in brackets at a place, of IPv6 in brackets of its own too, and where what follows it begins. */
const groupAt = (line: string, from: number): { text: string; end: number } | undefined => {
  if (line[from] !== '[') return undefined;
  const inner = /^\[(?:client|remote) \[/.exec(line.slice(from, from + 9)) ? line.indexOf(']', from) + 1 : from;
  const close = line.indexOf(']', inner);
  if (close < 0 || close - from > LONGEST_GROUP) return undefined;
  return { text: line.slice(from + 1, close), end: close + (line[close + 1] === ' ' ? 2 : 1) };
};

/** `[…] ` one after the other; what stands in brackets later was not written by the server. */
const groupsOf = (line: string): { groups: string[]; end: number } => {
  const groups: string[] = [];
  let end = 0;
  for (let group = groupAt(line, 0); group && groups.length < MOST_GROUPS; group = groupAt(line, end)) {
    groups.push(group.text);
    end = group.end;
  }
  return { groups, end };
};

/** Where in its source, and what the system said of the call that failed, before Apache names the client. */
const STATUS = /^(?:[\w.]{1,60}\(\d{1,6}\): )?(?:\(\d{1,10}\)[^[\]]{1,160}: )?(?=\[client )/;
const INVALID_REQUEST = /^AH00126: Invalid URI in request (.*)$/s;

const apacheOf = (line: string): ErrorLine | undefined => {
  const { groups, end } = groupsOf(line);
  const [time = '', kind = ''] = groups;
  const [at, level] = [isoOfWritten(time), /^(?:([\w-]*):)?([a-z]+\d?)$/.exec(kind)];
  if (at === undefined || level === null) return undefined;
  const status = STATUS.exec(line.slice(end, end + LONGEST_GROUP))?.[0] ?? '';
  const late = status === '' ? undefined : groupAt(line, end + status.length);
  const client = late?.text ?? groups.find((one) => one.startsWith('client '));
  const [, module = '', name = ''] = level;
  return {
    service: 'apache',
    ...saidOf(line.slice(late?.end ?? end), status, {
      'derived.time': at,
      level: name,
      ...(module === '' ? {} : { module }),
      ...sideOf(client?.slice('client '.length)),
    }),
  };
};

/** The message, behind it the referrer, and in it the request that cannot be read. */
const saidOf = (rest: string, status: string, fields: JsonObject): Pick<ErrorLine, 'fields' | 'request'> => {
  const { text, referrer } = withoutReferrer(rest);
  const request = INVALID_REQUEST.exec(text)?.[1];
  return {
    fields: {
      ...fields,
      ...ruledOf(text),
      ...(referrer === undefined ? {} : { 'cs-referer': unescapedLog(referrer) }),
      msg: unescapedLog(status + text),
    },
    ...(request === undefined ? {} : { request: unescapedLog(request) }),
  };
};

const RULED = /^(?:\[client [^\]]{1,64}\] )?ModSecurity: (Access denied)?/;

/** What ModSecurity says of a request: the address stands behind all that the client chose, where only it writes quotes. */
const ruledOf = (text: string): JsonObject => {
  const found = RULED.exec(text);
  const at = found ? text.lastIndexOf('[uri "') : -1;
  const end = at < 0 ? -1 : closingQuote(text, at + 5);
  return {
    ...(found?.[1] === undefined ? {} : { action: 'denied' }),
    ...(end < 0 ? {} : { 'cs-uri-stem': unescapedLog(text.slice(at + 6, end)) }),
  };
};

const withoutReferrer = (text: string): { text: string; referrer?: string } => {
  const at = text.lastIndexOf(', referer: ');
  return at < 0 ? { text } : { text: text.slice(0, at), referrer: text.slice(at + 11) };
};

/** An address with or without its port. */
const sideOf = (address = ''): JsonObject => {
  const [, ip = address, port] = /^\[?([\da-fA-F.:]+?)\]?:(\d{1,5})$/.exec(address) ?? [];
  if (isIP(address) !== 0) return { 'c-ip': address };
  return isIP(ip) === 0 ? {} : { 'c-ip': ip, ...(port === undefined ? {} : { src_port: port }) };
};

const NGINX = /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[([a-z]+)\] \d+#\d+: (?:\*\d+ )?/;
const CLIENT = ', client: ';

/**
 * nginx escapes nothing here: where text that the client chose could pass for what the server says (a second
 * `, client: `), neither client nor virtual host is read.
 */
const nginxOf = (line: string): ErrorLine | undefined => {
  const [head, time = '', level = ''] = NGINX.exec(line) ?? [];
  if (head === undefined) return undefined;
  const at = line.indexOf(CLIENT, head.length);
  const fields = { 'derived.time': isoOfWritten(time) ?? '', level };
  if (at < 0) return { service: 'nginx', fields: { ...fields, msg: line.slice(head.length) } };
  const isForged = line.includes(CLIENT, at + 1);
  const context = line.slice(at + CLIENT.length);
  const [, client = '', server = ''] = /^([^\s,]{1,64})(?:, server: ([^\s,]{0,253}))?/.exec(context) ?? [];
  const quote = context.indexOf(', request: "');
  const end = quote < 0 ? -1 : closingQuote(context, quote + 11);
  return {
    service: 'nginx',
    fields: { ...fields, msg: line.slice(head.length, at), ...(isForged ? {} : sideOf(client)) },
    ...(end < 0 ? {} : { request: context.slice(quote + 12, end) }),
    ...(isForged || server === '' || server === '_' ? {} : { server }),
  };
};
