import { isIP } from 'node:net';
import type { JsonObject } from '../json.js';
import { closingQuote, unescapedLog } from './quoted.js';
import { isoOfWritten } from './written-time.js';

/** A request that a web server logged. `fields` in W3C's names; `request` as the client wrote it. */
export type AccessLine = {
  fields: JsonObject;
  request: string;
  /** The virtual host that served it, by the server's own settings. */
  server?: string;
};

const LONGEST_HEAD = 2_048;
const STATUS = /(\d{3}|-) (\d+|-)(?= |$)/y;

/**
 * A line of the common or combined log of Apache, nginx and what writes as they do, also with the virtual host before
 * the client. What clients chose stands in quotes whose own quotes are escaped; a user's name may hold anything else,
 * so the request is what follows the time and the first quote that is not escaped.
 */
export const accessOf = (line: string): AccessLine | undefined => {
  const head = headOf(line);
  if (head === undefined) return undefined;
  const said = requestOf(line, head.quote);
  const sides = sidesOf(head.before);
  if (said === undefined || sides === undefined) return undefined;
  const [referrer, agent] = quotedFrom(line, said.end, 2);
  const { server, ...client } = sides;
  return {
    fields: filled({
      ...client,
      'derived.time': head.time,
      'sc-status': said.status,
      'sc-bytes': said.bytes,
      'cs-referer': referrer,
      'cs-user-agent': agent,
    }),
    request: said.request,
    ...(server === undefined ? {} : { server }),
  };
};

/** Up to the time, which is the one in brackets before a quote. */
const headOf = (line: string): { before: string; time: string; quote: number } | undefined => {
  for (let at = line.indexOf('] "'); at >= 0 && at < LONGEST_HEAD; at = line.indexOf('] "', at + 1)) {
    const found = /\[([^[\]]{19,36})$/.exec(line.slice(Math.max(0, at - 40), at));
    const time = found?.[1] === undefined ? undefined : isoOfWritten(found[1]);
    if (found && time !== undefined)
      return { before: line.slice(0, at - found[0].length).trimEnd(), time, quote: at + 2 };
  }
  return undefined;
};

type LoggedRequest = { request: string; status: string; bytes: string; end: number };

/** What stands in the quotes and the status behind them; servers that escape no quotes have others before that. */
const requestOf = (line: string, quote: number): LoggedRequest | undefined => {
  for (let end = closingQuote(line, quote); end >= 0; end = closingQuote(line, end)) {
    if (line[end + 1] !== ' ') continue;
    STATUS.lastIndex = end + 2;
    const [whole = '', status, bytes] = STATUS.exec(line) ?? [];
    if (status !== undefined && bytes !== undefined)
      return { request: unescapedLog(line.slice(quote + 1, end)), status, bytes, end: end + 2 + whole.length };
  }
  return undefined;
};

const quotedFrom = (line: string, from: number, most: number): string[] => {
  const found: string[] = [];
  for (let here = from; found.length < most && line.startsWith(' "', here); ) {
    const end = closingQuote(line, here + 1);
    found.push(unescapedLog(line.slice(here + 2, end < 0 ? line.length : end)));
    if (end < 0) break;
    here = end + 1;
  }
  return found;
};

const WITH_PORT = /^([A-Za-z0-9_.-]{1,253}):(\d{1,5})$/;

/** Who asked, and which virtual host was asked, of `[host[:port]] client [identity user]`; users may hold blanks. */
const sidesOf = (head: string): (Record<string, string | undefined> & { server?: string }) | undefined => {
  const words = head.split(' ');
  const [first = '', second = ''] = words;
  const hasHost = isIP(first) === 0 && (isIP(second) !== 0 || (WITH_PORT.test(first) && words.length > 3));
  const [client = '', , ...user] = hasHost ? words.slice(1) : words;
  if (client === '' || (user.length === 0 && isIP(client) === 0)) return undefined;
  const [, name = first, port] = WITH_PORT.exec(first) ?? [];
  return {
    ...(isIP(client) === 0 ? { 'c-dns': client } : { 'c-ip': client }),
    'cs-username': user.length === 0 ? undefined : unescapedLog(user.join(' ').replace(/^""$/, '-')),
    ...(hasHost ? { 's-port': port, server: name } : {}),
  };
};

/** Without what is not said: `-`, or nothing. */
const filled = (fields: Record<string, string | undefined>): JsonObject => {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== '' && value !== '-') kept[name] = value;
  return kept;
};
