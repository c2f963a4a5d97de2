import { isIP } from 'node:net';
import type { Json, JsonObject } from '../../json.js';
import { netfilter } from '../../lines/devices/packets.js';
import { plainUpTo } from '../../lines/devices/sentences.js';
import { fieldsOfAudit, recordFields, recordsOfMembers } from './audit.js';
import { readAuditText, readJournalAudit, type AuditRecord } from './audit-text.js';
import { at, compact, isObject, textAt, textsOf, type Derived } from '../shared/derived.js';
import { agentOf } from '../shared/agents/index.js';
import { HOST_OF_SYSLOG } from '../shared/syslog-parts.js';
import { readSyslog, serviceOf, sudoFields, type SyslogLine } from './syslog.js';
import { sysmonOf } from './sysmon.js';
import { notBelievedOf } from './whose-word.js';

const HOSTS = [
  ...HOST_OF_SYSLOG,
  'host.name',
  'host.hostname',
  'hostname',
  'Hostname',
  'HostName',
  'NODE',
  'Computer',
  'computer_name',
  'agent.hostname',
  'beat.hostname',
  'node',
  'kubernetes.host',
  'kubernetes.node.name',
  'host',
  'fromhost',
  'HOST_FROM',
];

/**
 * Whatever form a Linux event has: audit records as text or members, Auditbeat's, Sysmon's, an agent's in ECS, a log
 * line.
 */
export const linux = (event: JsonObject): Derived => {
  const line = believed(event, readSyslog(event));
  const found =
    sysmonOf(event, line.told) ?? auditOf(event, line) ?? ofAgent(event, line) ?? logOf(line.program, line.text);
  const host =
    found.fields.Computer === undefined
      ? (hostOfWazuh(event, line) ?? textAt(event, ...HOSTS) ?? line.host)
      : undefined;
  if (host !== undefined) found.fields.Computer = host; // Of this event alone: copying it would take longer than all the rest.
  return found;
};

/**
 * Wazuh calls its agent the host. Its manager is agent 000: what it got by syslog lies at an address, and only its
 * line says whose it is.
 */
const hostOfWazuh = (event: JsonObject, line: SyslogLine): string | undefined => {
  if (typeof event.full_log !== 'string') return undefined;
  const isRelayed = textAt(event, 'agent.id') === '000' && isIP(textAt(event, 'location') ?? '') !== 0;
  return isRelayed ? line.host : textAt(event, 'agent.name');
};

/** `told`: what is read as others' word, where its writer may say that. */
type BelievedLine = SyslogLine & { told: string };

const believed = (event: JsonObject, { program, ...line }: SyslogLine): BelievedLine => {
  const not = notBelievedOf(event, program, program === 'ulogd' || serviceOf(program) !== 'syslog');
  const told = not.program || not.text ? '' : line.text;
  return not.program || program === undefined ? { ...line, told } : { ...line, program, told };
};

/** What Sigma has no category for: an agent that tells it often does so of a program's line. */
const OF_PROGRAMS: ReadonlySet<string | undefined> = new Set(['logon', 'logoff', 'finding']);

const ofAgent = (event: JsonObject, { program, text }: SyslogLine): Derived | undefined => {
  const found = agentOf(event);
  if (!found || found.service !== undefined || !OF_PROGRAMS.has(found.category)) return found;
  const { service, fields } = logOf(program, text);
  return { ...found, ...(service === undefined ? {} : { service }), fields: { ...fields, ...found.fields } };
};

const logOf = (program: string | undefined, text: string): Derived => ({
  service: serviceOf(program),
  fields: compact({
    program,
    ...(program === 'sudo' ? sudoFields(text) : program === 'kernel' || program === 'ulogd' ? packetFields(text) : {}),
  }),
});

/** A packet that netfilter logged (UFW, firewalld, iptables); `derived.packet` is what became of it, `seen` if untold. */
const packetFields = (text: string): Record<string, Json | undefined> => {
  const packet = netfilter({ line: text, from: 0, plainTo: plainUpTo(text, 0) });
  return packet === undefined
    ? {}
    : {
        'derived.packet': packet.action ?? 'seen',
        SourceIp: packet.src_ip,
        SourcePort: packet.src_port,
        DestinationIp: packet.dst_ip,
        DestinationPort: packet.dst_port,
        Protocol: packet.protocol,
      };
};

const auditOf = (event: JsonObject, { program, told }: BelievedLine): Derived | undefined => {
  const lines =
    readAuditText(told) ??
    (program === 'audit' ? readJournalAudit(told) : undefined) ??
    readAuditText(textAt(event, 'raw_msg', 'event.original', 'auditd.raw_msg') ?? '');
  if (lines) {
    const derived = fieldsOfAudit(lines.records);
    Object.assign(derived.fields, compact({ Computer: lines.node, 'derived.time': lines.seconds }));
    return derived;
  }
  if (
    isObject(event.SYSCALL) ||
    isObject(event.EXECVE) ||
    (typeof event.ID === 'string' && /^\d+\.\d+:\d+$/.test(event.ID))
  )
    return laurelOf(event);
  const data = at(event, 'auditd', 'data') ?? (typeof event.record_type === 'string' ? event.data : undefined);
  if (isObject(data)) return beatOf(event, data);
  if (
    typeof event.type === 'string' &&
    /^[A-Za-z0-9_]+$/.test(event.type) &&
    ['a0', 'syscall', 'auid', 'ses', 'proctitle', 'nametype', 'saddr'].some((name) => Object.hasOwn(event, name))
  ) {
    return fieldsOfAudit([{ type: event.type.toUpperCase(), fields: recordFields(event) }]);
  }
  return undefined;
};

const laurelOf = (event: JsonObject): Derived => {
  const derived = fieldsOfAudit(recordsOfMembers(event));
  const parent = isObject(event.PARENT_INFO) ? event.PARENT_INFO : {};
  const parents = compact({
    ParentImage: textAt(parent, 'exe'),
    ParentCommandLine: textsOf(parent.ARGV)?.join(' ') ?? textAt(parent, 'ARGV_STR', 'comm'),
  });
  Object.assign(derived.fields, parents);
  return derived;
};

/** Auditbeat and go-libaudit: one object for the call, what belongs to it beside. */
const beatOf = (event: JsonObject, data: JsonObject): Derived => {
  const type = (textAt(event, 'auditd.message_type', 'record_type') ?? 'syscall').toUpperCase();
  const args = textsOf(at(event, 'process', 'args'));
  const call = compact({
    ...recordFields(data),
    exe: textAt(event, 'process.executable', 'process.exe') ?? data.exe,
    comm: textAt(event, 'process.name') ?? data.comm,
    pid: textAt(event, 'process.pid'),
    cwd: textAt(event, 'process.working_directory', 'process.cwd'),
    uid: textAt(event, 'user.name', 'user.id', 'user.ids.uid') ?? data.uid,
    ses: textAt(event, 'auditd.session', 'session') ?? data.ses,
    key: keysOf(event) ?? data.key,
  }) as Record<string, string>;
  const isExec = /^execve(at)?$/.test(call.syscall ?? '');
  const records: AuditRecord[] = [
    { type, fields: call },
    ...(isExec && args ? [{ type: 'EXECVE', fields: recordFields({ ARGV: args }) }] : []),
    ...pathsOf(at(event, 'auditd', 'paths') ?? event.paths).map((fields) => ({ type: 'PATH', fields })),
  ];
  const derived = fieldsOfAudit(records);
  const title = textAt(event, 'process.command_line', 'process.title');
  const more = {
    CommandLine: title,
    DestinationIp: textAt(event, 'destination.ip', 'dest.ip'),
    DestinationPort: textAt(event, 'destination.port', 'dest.port'),
    ParentImage: textAt(event, 'process.parent.executable'),
  };
  for (const [name, value] of Object.entries(more)) if (value !== undefined) derived.fields[name] ??= value;
  return derived;
};

const keysOf = (event: JsonObject): Json | undefined => textsOf(event.tags ?? event.keys)?.join(' ');

const pathsOf = (paths: Json | undefined): Record<string, string>[] =>
  (Array.isArray(paths) ? paths : []).filter((one) => isObject(one)).map(recordFields);
