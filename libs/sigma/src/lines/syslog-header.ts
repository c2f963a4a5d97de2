/**
 * The one reading of what stands before a message of syslog: RFC 5424 (with or without structured data, also without
 * its priority), RFC 3164 as senders write it (host and tag may be missing, some add a year, a zone or fractions), ISO
 * times in the old form, and a priority alone; also one within another, as relays write that keep what they got. Linear
 * in the line; what the message of a program says changes nothing of it.
 */
import { structuredDataAt, type StructuredData } from './structured-data.js';
import { clockOf, type WrittenTime } from './syslog-time.js';

export interface SyslogHeader {
  /** facility * 8 + severity */
  priority?: number;
  time?: WrittenTime;
  host?: string;
  /** APP-NAME or tag, as written. */
  app?: string;
  pid?: string;
  messageId?: string;
  structured?: StructuredData;
  /** Who passed the line on and wrote a header of his own before this one; of several the outermost. */
  relay?: { host: string; time: WrittenTime };
  /** Index of the first character of the message. */
  end: number;
}

const PRIORITY = /^<(\d{1,3})> ?/;
const VERSION = /[1-9]\d? (?=\d{4}-|- )/y;
const TOKEN = /([^ ]{1,255})(?: |$)/y;
/** F5 names the slot of a chassis before the host, and its rules put what they say behind it and a comma. */
const HOST = /(?:slot\d{1,3}\/)?([A-Za-z\d_][\w.:%-]{0,254})(?: +|$|(?=,f5_irule=))/y;
/** What F5 says between the host and the tag. */
const LEVEL = /(?:emerg|alert|crit|err|error|warning|notice|info|debug) /y;
const TAG = /([^\s:[\]]{1,128})(?:\[([^\]\s]{1,64})\])?:(?: |$)/y;
/** Without a time only a number tells a tag from a text. */
const NUMBERED_TAG = /([A-Za-z_][\w./-]{0,63})\[(\d{1,10})\]:(?: |$)/y;
const BLANKS = / */y;
/** What Cisco counts and whom it names before the time, with its mark of a clock that is not set; Meraki's version. */
const BEFORE_TIME = /(?:\d{1,10}: )?(?:([\w.-]{1,255}): )?(?:: ?)?[*.]?(?:1 (?=\d{10}))?/y;
/** The same without a priority: only its mark tells it from a text that begins with a number. */
const MARKED = /(?:\d{1,10}: )?[*.](?=[A-Z][a-z]{2} )/y;
/** What Cisco's devices are called before what they say; some write no time before. */
const DEVICE = /:?([A-Za-z\d][\w.-]{0,254})(?: : ?|: | )(?=%[A-Z][A-Z\d_]{1,31}-)/y;
const FORWARDED = /Message forwarded from ([\w.-]{1,255}): /y;
const RECORD = /(?:CEF|LEEF): ?\d/y;
const REPEATED = /(?:last message|---) /y;
const MOST_PRIORITY = 191;
const MOST_STEPS = 2;

type Unranked = Omit<SyslogHeader, 'priority'>;

const matched = (pattern: RegExp, line: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(line);
};

const lengthOf = (found: RegExpExecArray | null): number => found?.[0].length ?? 0;

const said = (token: string | undefined): string | undefined => (token === '-' || token === '' ? undefined : token);

/** Behind a byte order mark, also where each of its bytes is a character. */
const withoutMark = (line: string, at: number): number =>
  line.charCodeAt(at) === 0xfeff ? at + 1 : line.startsWith('\u00ef\u00bb\u00bf', at) ? at + 3 : at;

/** What some write (CyberArk, QRadar's senders): nothing between the host and a record of CEF or LEEF. */
const shortened = ([time = '', host]: readonly string[], end: number): Unranked => ({
  time: clockOf(time, 0)?.time,
  host: said(host),
  end,
});

/** VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID [STRUCTURED-DATA] [MSG], from VERSION on. */
const modern = (line: string, from: number): Unranked | undefined => {
  let here = from + lengthOf(matched(VERSION, line, from));
  if (here === from) return undefined;
  const tokens: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    if (count === 2 && matched(RECORD, line, here)) return shortened(tokens, here);
    const token = matched(TOKEN, line, here);
    if (!token) return undefined;
    tokens.push(token[1] ?? '');
    here += token[0].length;
  }
  const [time = '', host, app, pid, messageId] = tokens;
  const written = clockOf(time, 0);
  // Without a priority only its time tells a header from a text that begins with a number.
  if (time === '-' ? from === 0 : written?.end !== time.length) return undefined;
  const data = structuredDataAt(line, here);
  return {
    time: written?.time,
    host: said(host),
    app: said(app),
    pid: said(pid),
    messageId: said(messageId),
    structured: data?.elements,
    end: withoutMark(line, data?.end ?? here),
  };
};

const tagged = (line: string, tag: RegExpExecArray | null, from: number): Unranked => ({
  app: tag?.[1],
  pid: tag?.[2],
  end: withoutMark(line, from + lengthOf(tag)),
});

const ofDevice = (line: string, device: RegExpExecArray, from: number): Unranked => {
  const behind = from + device[0].length;
  return { ...tagged(line, matched(TAG, line, behind), behind), host: device[1] };
};

/**
 * Behind the time of the old form: a host, and a tag with a number in brackets, either of which may be missing.
 * @param isSure whether a host may stand there without a tag behind it.
 * @param steps how often a name may stand before another; behind more of them is the message.
 */
const named = (line: string, from: number, isSure: boolean, steps = MOST_STEPS): Unranked => {
  const here = from + lengthOf(matched(BLANKS, line, from));
  const forwarded = steps > 0 ? matched(FORWARDED, line, here) : null;
  if (forwarded) return { ...named(line, here + forwarded[0].length, false, steps - 1), host: forwarded[1] };
  const device = matched(DEVICE, line, here);
  if (device) return ofDevice(line, device, here);
  const [tag, host] = [matched(TAG, line, here), matched(HOST, line, here)];
  if (tag || !host || matched(REPEATED, line, here)) return tagged(line, tag, here);
  const behind = here + host[0].length;
  if (steps > 0 && line.startsWith(': ', behind))
    return { ...named(line, behind + 2, false, steps - 1), host: host[1] };
  const leveled = behind + lengthOf(matched(LEVEL, line, behind));
  const behindHost = matched(TAG, line, leveled);
  if (!behindHost && !isSure) return { end: here };
  return { ...tagged(line, behindHost, behindHost ? leveled : behind), host: host[1]?.replace(/:$/, '') };
};

/** @param isRanked a priority stands before it: without one, less is taken for a header. */
const old = (line: string, from: number, isRanked: boolean): Unranked | undefined => {
  const before = matched(isRanked ? BEFORE_TIME : MARKED, line, from);
  const written = clockOf(line, from + lengthOf(before));
  if (!written) return undefined;
  const isColon = line[written.end] === ':';
  if (!isColon && written.end < line.length && line[written.end] !== ' ') return undefined;
  // Seconds at the start of a line are a log's own (Squid's): what follows is no host.
  if (!isRanked && /^\d{10}/.test(line.slice(from, from + 10))) return undefined;
  const isIso = /^\d{4}-/.test(line.slice(from, from + 5));
  if (isIso && !isRanked && line[from + 10] !== 'T') return undefined;
  const names = named(line, written.end + (isColon ? 1 : 0), isRanked || !isIso);
  return { ...names, host: names.host ?? before?.[1], time: written.time };
};

/** Headers that may stand before a line's own. */
const MOST_RELAYS = 2;
/** Where a header may begin that is no relay's first: with a priority, a month, a year. */
const MAY_BEGIN = /<\d{1,3}>|[A-Z][a-z]{2} |\d{4}-\d\d-\d\dT/y;
/** Programs that write no number behind their name. */
const PLAIN = /^(?:kernel|sudo|su|CRON)$/;

/** A text may begin with a time and a word, too. */
const isWhole = ({ priority, time, host, pid, app = '' }: SyslogHeader): boolean =>
  time !== undefined && host !== undefined && (priority !== undefined || pid !== undefined || PLAIN.test(app));

/** The line's own header behind that of a relay: one that names a host and no program, which anybody can call himself. */
const behindRelay = (line: string, relay: SyslogHeader, more: number): SyslogHeader | undefined => {
  const { app, host, time, end } = relay;
  const isRelay = time !== undefined && host !== undefined && app === undefined;
  if (more === 0 || !isRelay || !matched(MAY_BEGIN, line, end)) return undefined;
  const rest = line.slice(end);
  const inner = headerOf(rest);
  const own = inner && (behindRelay(rest, inner, more - 1) ?? (isWhole(inner) ? inner : undefined));
  return own && { ...own, priority: own.priority ?? relay.priority, relay: { host, time }, end: end + own.end };
};

/** What the header of a line says; undefined for a line without one. Of one behind a relay's it is the line's own. */
export const readSyslogHeader = (line: string): SyslogHeader | undefined => {
  const header = headerOf(line);
  return header && (behindRelay(line, header, MOST_RELAYS) ?? header);
};

const headerOf = (line: string): SyslogHeader | undefined => {
  const first = PRIORITY.exec(line);
  const priority = first ? Number(first[1]) : undefined;
  if (priority !== undefined && priority > MOST_PRIORITY) return undefined;
  const from = first?.[0].length ?? 0;
  const header = modern(line, from) ?? old(line, from, first !== null);
  if (header) return { priority, ...header };
  if (priority === undefined) return undefined;
  const device = matched(DEVICE, line, from);
  if (device) return { priority, ...ofDevice(line, device, from) };
  const tag = matched(NUMBERED_TAG, line, from);
  return { priority, ...(tag ? tagged(line, tag, from) : { end: withoutMark(line, from) }) };
};
