import type { JsonObject } from '../json.js';
import { isOurs } from './named-values.js';
import type { SyslogHeader } from './syslog-header.js';

/** What RFC 5424 and its registry say of the message itself: no fields of an event. */
const OF_THE_MESSAGE = new Set(['timeQuality', 'origin', 'meta']);
const FEWEST = 3;
const MOST = 512;

const VERB = /_(CREATE|CLOSE|DENY|PERMIT|DROP)(?:_|$)/;

/** What Junos found: attacks, malware, packets that its screens dropped. */
const FOUND = /^(?:IDP_ATTACK|AV_|AAMW_|RT_SCREEN_|SECINTEL_)/;

/** The first of a name counts. */
const collect = (pairs: Iterable<readonly [string, string]>): JsonObject => {
  const fields: JsonObject = {};
  for (const [name, value] of pairs)
    if (value !== '' && !isOurs(name) && !Object.hasOwn(fields, name)) fields[name] = value;
  return fields;
};

/** Devices that tell an event in structured data alone, as Junos does: what happened is then its MSGID. */
const ofElements = (header: SyslogHeader | undefined): JsonObject | undefined => {
  const elements = Object.entries(header?.structured ?? {}).filter(([id]) => !OF_THE_MESSAGE.has(id));
  const fields = collect(elements.flatMap(([, parameters]) => Object.entries(parameters)));
  if (Object.keys(fields).length < FEWEST) return undefined;
  if (FOUND.test(header?.messageId ?? '')) fields['derived.activity'] = 'detection';
  const verb = VERB.exec(header?.messageId ?? '')?.[1]?.toLowerCase();
  return verb === undefined || Object.hasOwn(fields, 'action') ? fields : { ...fields, action: verb };
};

const PAIR = /([A-Za-z_][\w.-]{0,63}):"((?:[^"\\]|\\.){0,8192})"(?:; ?|\]|$)/y;

/** A user's login, which stands behind what he is called: `Ada Byron (ada)`. */
const loginOf = (user: string): string => /^[^()]{1,128} \(([^()]{1,128})\)$/.exec(user)?.[1] ?? user;

/** Check Point's `[action:"Drop"; src:"203.0.113.7"; …]`, which is no structured data. */
const ofCheckPoint = (line: string, from: number): JsonObject | undefined => {
  let at = from;
  if (line[at] !== '[') return undefined;
  const pairs: [string, string][] = [];
  for (at += 1; pairs.length < MOST; ) {
    PAIR.lastIndex = at;
    const found = PAIR.exec(line);
    if (!found) break;
    const [, name = '', raw = ''] = found;
    const value = raw.replace(/\\(["\\\];])/g, '$1');
    pairs.push([name, name.startsWith('user') || name.endsWith('user_name') ? loginOf(value) : value]);
    at += found[0].length;
  }
  if (pairs.length < FEWEST) return undefined;
  const fields = collect(pairs);
  const { service } = fields;
  return typeof service === 'string' && /^\d{1,5}$/.test(service) ? { dst_port: service, ...fields } : fields;
};

/** Fields of a line whose sender writes them between brackets behind the header: structured data, or what is like it. */
export const structuredFields = (line: string, header: SyslogHeader | undefined): JsonObject | undefined =>
  ofElements(header) ?? ofCheckPoint(line, header?.end ?? 0);
