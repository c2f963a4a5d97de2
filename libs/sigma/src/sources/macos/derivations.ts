import type { Json, JsonObject } from '../../json.js';
import { at, compact, isObject, textAt, textsOf, type Derived } from '../shared/derived.js';
import { agentOf } from '../shared/agents/index.js';

const HOSTS = [
  'host_info.host_name',
  'host.hostname',
  'host.name',
  'hostname',
  'Computer',
  'device.hostname',
  'machine.hostname',
  'machine_id',
  'host',
];

/**
 * Jamf Protect's alerts and telemetry, Endpoint Security's own JSON (eslogger, Jamf, Santa), the audit trail's, an
 * agent's in ECS.
 */
export const macos = (event: JsonObject): Derived => {
  const found = ofSecurity(event) ??
    ofAlert(event) ??
    ofAuditTrail(event) ??
    ofSanta(event) ??
    agentOf(event) ?? { fields: {} };
  return { ...found, fields: compact({ Computer: textAt(event, ...HOSTS), ...found.fields }) };
};

const join = (value: Json | undefined): string | undefined => textsOf(value)?.join(' ');
const OPENED = ['create', 'write', 'rename', 'close', 'link', 'clone', 'copyfile', 'truncate', 'setextattr'];

/** `event: { exec: { target, args } }` beside the `process` that did it. */
const ofSecurity = (event: JsonObject): Derived | undefined => {
  const exec = at(event, 'event', 'exec');
  const did = textAt(event, 'process.executable.path');
  const user = textAt(event, 'process.audit_token.euid', 'process.user.name', 'user.name');
  if (isObject(exec)) {
    return {
      category: 'process_creation',
      fields: compact({
        Image: textAt(exec, 'target.executable.path'),
        CommandLine: join(exec.args) ?? join(at(exec, 'target', 'args')),
        ParentImage: did,
        User: user,
        CurrentDirectory: textAt(exec, 'cwd.path'),
        OriginalFileName: textAt(exec, 'target.signing_id'),
        ProcessId: textAt(exec, 'target.audit_token.pid'),
      }),
    };
  }
  const name = OPENED.find((one) => isObject(at(event, 'event', one)));
  const change = at(event, 'event', name ?? '');
  if (!isObject(change)) return undefined;
  return {
    category: 'file_event',
    fields: compact({
      TargetFilename: fileOf(change),
      SourceFilename: textAt(change, 'source.path'),
      Image: did,
      User: user,
    }),
  };
};

const fileOf = (change: JsonObject): string | undefined => {
  const folder = textAt(change, 'destination.new_path.dir.path', 'target_dir.path', 'destination.dir.path');
  const name = textAt(
    change,
    'destination.new_path.filename',
    'target_name',
    'target_filename',
    'destination.filename',
  );
  return folder !== undefined && name !== undefined
    ? `${folder}/${name}`
    : textAt(change, 'destination.existing_file.path', 'destination.path', 'target.path', 'path');
};

/** An alert of Jamf Protect: the event in `match.event`, what it concerns in `related`. */
const ofAlert = (event: JsonObject): Derived | undefined => {
  const native = at(event, 'match', 'event') ?? at(event, 'input', 'match', 'event');
  if (!isObject(native)) return undefined;
  const related = at(event, 'related') ?? at(event, 'input', 'related');
  const processes = listAt(related, 'processes');
  const subject = processes.find((one) => one.pid === native.pid) ?? processes[0];
  const parent = processes.find((one) => subject !== undefined && one.pid === subject.ppid && one !== subject);
  const common = {
    Image: subject && textAt(subject, 'path'),
    CommandLine: subject && join(subject.args),
    ParentImage: parent && textAt(parent, 'path'),
    ParentCommandLine: parent && join(parent.args),
    User: userOf(related, subject),
    ProcessId: textAt(native, 'pid'),
  };
  const path = textAt(native, 'path');
  if (path !== undefined && native.subType === undefined)
    return { category: 'file_event', fields: compact({ ...common, TargetFilename: path }) };
  return {
    category:
      native.subType !== undefined || textAt(event, 'input.eventType', 'eventType') === 'GPProcessEvent'
        ? 'process_creation'
        : undefined,
    fields: compact(common),
  };
};

const listAt = (from: Json | undefined, key: string): JsonObject[] => {
  const list = at(from, key);
  return Array.isArray(list) ? list.filter((one) => isObject(one)) : [];
};

const userOf = (related: Json | undefined, subject: JsonObject | undefined): string | undefined => {
  const user = listAt(related, 'users').find((one) => subject !== undefined && one.uid === subject.uid);
  return user && textAt(user, 'name');
};

/** OpenBSM's records as Jamf writes them: arguments are numbered members. */
const ofAuditTrail = (event: JsonObject): Derived | undefined => {
  const name = textAt(event, 'header.event_name');
  if (name === undefined) return undefined;
  const args = at(event, 'exec_args', 'args');
  const line = isObject(args)
    ? join(Object.values(args).filter((one) => one !== undefined))
    : textAt(event, 'exec_args.args_compiled')?.replaceAll(',', ' ');
  const isStart = name === 'AUE_EXECVE' || name === 'AUE_POSIX_SPAWN' || name === 'AUE_MAC_EXECVE';
  const path =
    textsOf(event.path)?.findLast((one) => !one.startsWith('/dev/')) ??
    (isObject(args) ? textAt(args, '0', '1') : undefined);
  const did = textAt(event, 'subject.process_name');
  return {
    category: isStart ? 'process_creation' : undefined,
    service: 'auditd',
    fields: compact({
      Image: isStart ? (path ?? did) : did,
      CommandLine: line,
      ParentImage: isStart ? did : undefined,
      User: textAt(event, 'subject.user_name', 'subject.effective_user_name'),
      ProcessId: textAt(event, 'subject.process_id'),
    }),
  };
};

/** Santa's protobuf as JSON: bytes are base64. */
const ofSanta = (event: JsonObject): Derived | undefined => {
  const execution = event.execution;
  if (!isObject(execution)) return undefined;
  const line = textsOf(execution.args)
    ?.map((one) => Buffer.from(one, 'base64').toString('utf8'))
    .join(' ');
  return {
    category: 'process_creation',
    fields: compact({
      Image: textAt(execution, 'target.executable.path'),
      CommandLine: line,
      ParentImage: textAt(execution, 'instigator.executable.path'),
      User: textAt(execution, 'target.effective_user.name'),
      CurrentDirectory: textAt(execution, 'working_directory.path'),
    }),
  };
};
