/**
 * Names under which shippers put the parts of a syslog message that they have taken apart: RFC 5424's own, macros of
 * syslog-ng, properties of rsyslog, fields of the journal, Beats, Logstash, Vector, Fluentd, the Collector, ECS; GELF,
 * whose writers put `_` before what is not of its own; Wazuh.
 */
import type { JsonObject } from '../../json.js';
import { textAt } from './derived.js';
import { LINE_OF_SYSLOG } from './line-places.js';

/** Only who took a syslog message apart says so. */
const PROGRAM = [
  'SYSLOG_IDENTIFIER',
  'program',
  'programname',
  'PROGRAM',
  'appname',
  'app_name',
  'app-name',
  'APP-NAME',
  'syslog.appname',
  'log.syslog.appname',
  'ident',
  'syslog_identifier',
  'process.program',
  '_program',
  '_programname',
  '_app_name',
  '_appname',
  '_application_name',
  '_ident',
  '_syslogtag',
];
/** Names under which others call what they see: what a proxy's visitor used, beside the site as `hostname`. */
const ALSO_OF_OTHERS = new Set(['program', 'appname', 'app_name', 'app-name', 'process.program']);
const PROGRAM_OF_SYSLOG = PROGRAM.filter((name) => !ALSO_OF_OTHERS.has(name));
/** What is told of nothing but a syslog message. */
const MARKS = `facility FACILITY facility_label facility_num SYSLOG_FACILITY syslogfacility syslogfacility-text severity
  SEVERITY severity_label syslogseverity syslogseverity-text priority PRIORITY pri PRI pid PID procid proc_id PROCID msgid
  MSGID msg_id syslogtag syslog.facility syslog.priority log.syslog.priority log.syslog.facility.code`.split(/\s+/);
/** Programs that others say as well. */
const ANY_PROGRAM = ['process.name', '_COMM', 'ProcessName'];
/** `sshd[7]:`; what others call a tag is their own. */
const TAGS = ['syslogtag', 'tag'];
const TAG = /^([A-Za-z_][\w./@-]{0,63})(?:\[(\d{1,10})\]:?|:)$/;

/** Hosts that no shipper calls itself by. */
const HOST_WITHOUT_LINE = ['_HOSTNAME', 'log.syslog.hostname', 'syslog.hostname', 'sysloghost'];
const HOST_WITH_LINE = ['logsource', 'HOST'];
export const HOST_OF_SYSLOG = [...HOST_WITHOUT_LINE, ...HOST_WITH_LINE];
const ANY_HOST = ['hostname', 'HOSTNAME', 'host.hostname', 'host.name', 'host', 'fromhost', 'HOST_FROM'];
const RELAYS = ['fromhost', 'HOST_FROM'];
const TIMES = ['timereported', 'ISODATE', 'timestamp', 'time', 'TIMESTAMP', 'DATE'];

const OTHER_NAMES = `facility FACILITY facility_label facility_num SYSLOG_FACILITY severity SEVERITY severity_label level
  LEVEL priority PRIORITY pri PRI pid PID procid proc_id PROCID process msgid MSGID msg_id version syslog
  structured-data structured_data STRUCTURED-DATA LEGACY_MSGHDR SEQNUM SOURCEIP TAGS inputname timegenerated fromhost-ip
  hostip protocol-version uuid syslogfacility syslogseverity syslogfacility-text syslogseverity-text app_name $!`;

/** First parts of all these names. */
export const NAMES_OF_SYSLOG: ReadonlySet<string> = new Set([
  ...OTHER_NAMES.split(/\s+/),
  ...[PROGRAM, TAGS, HOST_OF_SYSLOG, ANY_HOST, TIMES, LINE_OF_SYSLOG].flat().map((name) => name.split('.')[0] ?? name),
]);

/** The program that says something, as written; `isApart`: its message was taken apart. */
export const programIn = (event: JsonObject): { program?: string; pid?: string; isApart: boolean } => {
  const said = textAt(event, ...PROGRAM);
  const [, tag, pid] = said === undefined ? (TAG.exec(textAt(event, ...TAGS) ?? '') ?? []) : [];
  const program = said ?? tag ?? textAt(event, ...ANY_PROGRAM);
  return {
    ...(program === undefined ? {} : { program }),
    ...(pid === undefined ? {} : { pid }),
    isApart: said !== undefined || tag !== undefined,
  };
};

/** Who wrote a syslog message, who passed it on, and when it was written. */
export type SyslogParts = { host?: string; relay?: string; time?: string };

/** Whether somebody took a syslog message apart: its text, its program or host, and what nobody says of anything else. */
const isTakenApart = (event: JsonObject): boolean => {
  if (textAt(event, ...HOST_WITHOUT_LINE) !== undefined) return true;
  if (textAt(event, ...LINE_OF_SYSLOG) === undefined) return false;
  if (textAt(event, ...HOST_WITH_LINE) !== undefined) return true;
  return programIn(event).isApart && textAt(event, ...PROGRAM_OF_SYSLOG, ...MARKS) !== undefined;
};

/** What an object says of a syslog message that stands in it in parts; undefined where none does. */
export const syslogParts = (event: JsonObject): SyslogParts | undefined => {
  if (!isTakenApart(event)) return undefined;
  const [host, relay, time] = [[...HOST_OF_SYSLOG, ...ANY_HOST], RELAYS, TIMES].map((names) => textAt(event, ...names));
  return {
    ...(host === undefined ? {} : { host }),
    ...(relay === undefined ? {} : { relay }),
    ...(time === undefined ? {} : { time }),
  };
};
