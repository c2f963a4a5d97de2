import type { JsonObject } from '../json.js';
import { accessSides } from './access-sides.js';
import { closingQuote, unescapedLog } from './quoted.js';
import { isoOfWritten } from './written-time.js';

/** A request that a web server logged. `fields` in W3C's names; `request` as the client wrote it. */
export type AccessLine = {
  fields: JsonObject;
  request: string;
  /** What was asked: a virtual host, which a visitor may have written as well. */
  asked?: string;
};

/** Longer than what servers take as one header: a longer one would make of the line what its sender wrote. */
const LONGEST_HEAD = 65_536;
const LONGEST_ACTION = 96;
/** What Squid says behind the agent of a combined log: how it answered, and from where. */
const ACTION = /" (TCP_[A-Z_]{2,40})(?::[A-Z_]{2,40})?$/;
const STATUS = /(\d{3}|-) (\d+|-)(?= |$)/y;

/**
 * A line of the common or combined log of Apache, nginx and what writes as they do, also with the virtual host, or what
 * was forwarded, before the client. What clients chose stands in quotes whose own quotes are escaped; a user's name may
 * hold anything else, so the request is what follows the time and the first quote that is not escaped.
 */
export const accessOf = (line: string): AccessLine | undefined => {
  const head = headOf(line);
  if (head === undefined) return undefined;
  const said = requestOf(line, head.quote);
  const sides = accessSides(head.before);
  if (said === undefined || sides === undefined) return undefined;
  const [referrer, agent] = quotedFrom(line, said.end, 2);
  const { asked, forwarded, ...client } = sides;
  return {
    fields: filled({
      ...client,
      'derived.time': head.time,
      'sc-status': said.status,
      'sc-bytes': said.bytes,
      'cs-referer': referrer,
      'cs-user-agent': agent,
      'x-forwarded-for': forwarded,
      action: actionOf(line),
    }),
    request: said.request,
    ...(asked === undefined ? {} : { asked }),
  };
};

const actionOf = (line: string): string | undefined => {
  const result = ACTION.exec(line.slice(-LONGEST_ACTION))?.[1];
  return result?.includes('DENIED') === true ? 'denied' : result?.toLowerCase();
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

/** Without what is not said: `-`, or nothing. */
const filled = (fields: Record<string, string | undefined>): JsonObject => {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== '' && value !== '-') kept[name] = value;
  return kept;
};
