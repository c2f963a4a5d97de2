import { isIP } from 'node:net';
import type { Json, JsonObject } from '../../json.js';
import type { AuditRecord } from './audit-text.js';
import { compact, fromHex, isObject, textsOf, type Derived } from '../shared/derived.js';
import { syscallName } from './syscalls.js';

/**
 * Audit records of one event as Sigma's two taxonomies name them: auditd's (type, SYSCALL, a0…, name, exe) and the
 * generic ones (Image, CommandLine, TargetFilename, DestinationIp). An event of several records has several types and
 * names; arguments are those of EXECVE where there is one, for a call's own are then addresses in memory.
 */
export const fieldsOfAudit = (records: readonly AuditRecord[]): Derived => {
  const execve = records.find(({ type }) => type === 'EXECVE');
  const fields = merged(records, execve);
  const types = [...new Set(records.map(({ type }) => type))];
  const syscall = textOr(fields.SYSCALL) ?? syscallName(textOr(fields.syscall), textOr(fields.arch));
  const category = categoryOf(types, syscall, records);
  const paths = records.filter(({ type }) => type === 'PATH');
  Object.assign(
    fields,
    compact({
      type: oneOrMany(types),
      SYSCALL: syscall,
      name: many(paths, 'name'),
      nametype: many(paths, 'nametype'),
      Image: fields.exe,
      // Of logons and accounts: who is meant, and not as whom the program runs that says so.
      User: fields.acct ?? (types.some(isLogon) ? fields.ID : undefined) ?? fields.UID ?? fields.uid,
      SourceIp: isIP(textOr(fields.addr) ?? '') === 0 ? undefined : fields.addr,
      LogonId: fields.ses,
      ProcessId: fields.pid,
      CurrentDirectory: fields.cwd,
      CommandLine: commandLineOf(execve, records, fields) ?? (types.includes('USER_CMD') ? fields.cmd : undefined),
      TargetFilename: category === 'file_event' ? written(paths, textOr(fields.cwd)) : undefined,
      ...(fields.saddr === undefined && fields.SADDR === undefined && category !== 'network_connection'
        ? {}
        : addressOf(fields, category)),
    }),
  );
  return { category, service: 'auditd', fields };
};

/** The first record that has a field gives it; EXECVE is asked first. */
const merged = (records: readonly AuditRecord[], execve: AuditRecord | undefined): Record<string, Json> => {
  const fields: Record<string, Json> = { ...execve?.fields };
  for (const { type, fields: own } of records) {
    const hasAddresses = execve !== undefined && type === 'SYSCALL';
    for (const name in own)
      if (!Object.hasOwn(fields, name) && !(hasAddresses && name.length === 2 && name.startsWith('a')))
        fields[name] = own[name] ?? '';
  }
  return fields;
};

const isLogon = (type: string): boolean => /^(?:USER_LOGIN|USER_LOGOUT|USER_AUTH|CRED_\w+)$/.test(type);

const many = (paths: readonly AuditRecord[], name: string): Json | undefined =>
  oneOrMany(paths.map(({ fields }) => fields[name]).filter((value) => value !== undefined));

const textOr = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const oneOrMany = (values: readonly string[]): Json | undefined => (values.length > 1 ? [...values] : values[0]);

const CALLS = new Map([
  ['execve', 'process_creation'],
  ['execveat', 'process_creation'],
  ['connect', 'network_connection'],
  ...[
    'creat',
    'open',
    'openat',
    'openat2',
    'rename',
    'renameat',
    'renameat2',
    'mknod',
    'mknodat',
    'link',
    'linkat',
    'symlink',
    'symlinkat',
    'truncate',
    'ftruncate',
  ].map((name): [string, string] => [name, 'file_event']),
]);

const categoryOf = (
  types: readonly string[],
  syscall: string | undefined,
  records: readonly AuditRecord[],
): string | undefined => {
  if (types.includes('EXECVE')) return 'process_creation';
  const category = CALLS.get(syscall ?? '');
  if (category === 'file_event' && !records.some(isWritten)) return undefined;
  return (
    category ??
    (syscall === undefined && types.includes('PROCTITLE') && types.length === 1 ? 'process_creation' : undefined)
  );
};

const isWritten = ({ type, fields }: AuditRecord): boolean =>
  type === 'PATH' && (fields.nametype === 'CREATE' || fields.nametype === 'NORMAL');

/** The files that a call made or opened, absolute. */
const written = (all: readonly AuditRecord[], cwd: string | undefined): Json | undefined => {
  const paths = all.filter(isWritten);
  const made = paths.filter(({ fields }) => fields.nametype === 'CREATE');
  const names = (made.length > 0 ? made : paths).map(({ fields }) => fields.name).filter((name) => name !== undefined);
  return oneOrMany(
    names.map((name) => (name.startsWith('/') || cwd === undefined ? name : `${cwd.replace(/\/$/, '')}/${name}`)),
  );
};

const commandLineOf = (
  execve: AuditRecord | undefined,
  records: readonly AuditRecord[],
  fields: Record<string, Json>,
): string | undefined => {
  if (execve) {
    const args: string[] = [];
    for (const [name, value] of Object.entries(execve.fields)) {
      const place = /^a(\d+)(?:\[\d+\])?$/.exec(name)?.[1];
      if (place !== undefined) args[Number(place)] = (args[Number(place)] ?? '') + value;
    }
    const line = textOr(execve.fields.ARGV_STR) ?? Object.values(args).join(' ');
    if (line !== '') return line;
  }
  const title = textOr(records.find(({ type }) => type === 'PROCTITLE')?.fields.proctitle) ?? textOr(fields.proctitle);
  return title === undefined ? undefined : ((title.length >= 8 ? fromHex(title) : undefined) ?? title);
};

/** Whom a call was to reach: the raw socket address, or the pieces an enriched log names. */
const addressOf = (fields: Record<string, Json>, category: string | undefined): Record<string, Json> => {
  const raw = textOr(fields.saddr) ?? '';
  const told = /laddr=([^\s}]+)(?: lport=(\d+))?/.exec(textOr(fields.SADDR) ?? '');
  const initiated: Record<string, Json> = category === 'network_connection' ? { Initiated: 'true' } : {};
  if (told?.[1] !== undefined) return compact({ DestinationIp: told[1], DestinationPort: told[2], ...initiated });
  const port = String(parseInt(raw.slice(4, 8), 16));
  if (/^0200[0-9A-F]{12}/i.test(raw))
    return { DestinationIp: [...Buffer.from(raw.slice(8, 16), 'hex')].join('.'), DestinationPort: port, ...initiated };
  if (/^0A00[0-9A-F]{44}/i.test(raw))
    return {
      DestinationIp: (raw.slice(16, 48).match(/.{4}/g) ?? []).join(':').toLowerCase(),
      DestinationPort: port,
      ...initiated,
    };
  return initiated;
};

const NAMES_A_RECORD = /^[A-Z][A-Z0-9_]+$/;

/** Records as members named after their types, one object or a list of them, as Laurel writes events. */
export const recordsOfMembers = (event: JsonObject): AuditRecord[] =>
  Object.entries(event).flatMap(([type, value]) =>
    !NAMES_A_RECORD.test(type) || type === 'PARENT_INFO'
      ? []
      : (Array.isArray(value) ? value : [value])
          .filter((one) => isObject(one))
          .map((one) => ({ type, fields: recordFields(one) })),
  );

/** One record's members as text; a list of arguments becomes a0, a1, … */
export const recordFields = (record: JsonObject): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(record)) {
    const texts = textsOf(value);
    if (texts !== undefined && /^argv$/i.test(name)) texts.forEach((text, place) => (fields[`a${place}`] = text));
    else if (texts !== undefined) fields[name] = texts.join(' ');
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      fields[name] = String(value);
  }
  return fields;
};
