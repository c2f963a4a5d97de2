/**
 * Windows endpoints: Sysmon, Security, PowerShell and other channels as JSON, from NXLog, winlogbeat, evtx exports or
 * Azure (Sentinel tables, Microsoft 365 Defender, Entra ID and Office activity that come by the same way).
 * The entity is `host:<full name, lower-case>`; without a host the user.
 */
import type { Ocsf, OcsfActor } from '#contracts';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { ipOf, objectAt, portOf, textOf, wholeOf } from '../json-values.js';
import { compact, entityOf, observablesOf, ocsfOf } from '../ocsf.js';
import { jsonAlone } from '../taking.js';
import { classOf } from './classes.js';
import { fieldsOf, first, type WindowsFields } from './fields.js';
import { timesOf } from './time.js';

const HOST_FIELDS = [
  'Hostname',
  'Computer',
  'hostname',
  'HostName',
  'DeviceName',
  'host',
  'computer_name',
  'MachineName',
];
const DESTINATION_IP = ['DestinationIp', 'DestAddress', 'RemoteIP'];
const SOURCE_IP = [
  'SourceIp',
  'SourceAddress',
  'IpAddress',
  'LocalIP',
  'ClientAddress',
  'Client_IPAddress',
  'ClientIP',
  'IPAddress',
];

const fileName = (path: string | undefined): string | undefined => path?.split(/[\\/]/).pop();

/** A user name without its domain. */
const split = (name: string | undefined): { domain?: string; user?: string } => {
  if (name === undefined) return {};
  const [domain, user] = name.includes('\\') ? name.split('\\', 2) : [undefined, name];
  return { domain, user };
};

const AUTHENTICATION = 3002;

/** Who acted: at a logon whoever logs on, else the subject. */
const actorOf = (fields: WindowsFields, classUid: number): OcsfActor | undefined => {
  const accounts =
    classUid === AUTHENTICATION ? ['TargetUserName', 'SubjectUserName'] : ['SubjectUserName', 'TargetUserName'];
  const named = split(
    first(
      fields,
      'User',
      'SourceUser',
      ...accounts,
      'AccountName',
      'InitiatingProcessAccountName',
      'UserId',
      'Account',
    ) ??
      initiator(fields) ??
      first(fields, 'AccountUpn', 'AccountDisplayName'),
  );
  const path =
    first(fields, 'Image', 'NewProcessName', 'SourceImage', 'ProcessName', 'InitiatingProcessFolderPath') ??
    (fields.EventID === undefined ? undefined : first(fields, 'Application'));
  return compact<OcsfActor>({
    userName: named.user,
    userDomain:
      named.domain ??
      first(
        fields,
        ...(classUid === AUTHENTICATION ? ['TargetDomainName'] : []),
        'SubjectDomainName',
        'Domain',
        'InitiatingProcessAccountDomain',
      ),
    userUid: first(fields, 'TargetUserSid', 'SubjectUserSid', 'UserID', 'InitiatingProcessAccountSid'),
    processName: fileName(path),
    processPath: path,
    commandLine: first(fields, 'CommandLine', 'ProcessCommandLine', 'InitiatingProcessCommandLine'),
    pid: wholeOf(fields.NewProcessId ?? fields.ProcessId ?? fields.InitiatingProcessId),
    parentProcessName: fileName(first(fields, 'ParentImage', 'ParentProcessName')),
    parentCommandLine: first(fields, 'ParentCommandLine'),
  });
};

/** Entra ID states who acted as JSON text. */
const initiator = (fields: WindowsFields): string | undefined => {
  const text = textOf(fields.InitiatedBy);
  return text === undefined ? undefined : /"userPrincipalName":"([^"]{1,256})"/.exec(text)?.[1];
};

const HASH = /^[0-9a-f]{32,64}$/i;
const HASHES = ['SHA256', 'SHA1', 'MD5'];

/** Hashes by algorithm: Sysmon's `SHA1=…,MD5=…` and fields of their own; neither IMPHASH nor zeros. */
const hashesOf = (fields: WindowsFields): Record<string, string> => {
  const found: Record<string, string> = {};
  const keep = (name: string, value: string | undefined): void => {
    if (value !== undefined && HASHES.includes(name) && HASH.test(value) && !/^0+$/.test(value)) found[name] = value;
  };
  for (const name of HASHES) keep(name, textOf(fields[name]));
  for (const stated of first(fields, 'Hashes', 'Hash')?.split(',') ?? []) {
    const equals = stated.indexOf('=');
    keep(stated.slice(0, equals).toUpperCase(), stated.slice(equals + 1));
  }
  return found;
};

const firstIp = (fields: WindowsFields, names: string[]): string | undefined =>
  names.map((name) => ipOf(fields[name])).find((ip) => ip !== undefined);

const LEVELS = new Map([
  ['1', 5],
  ['2', 3],
  ['3', 2],
  ['critical', 5],
  ['error', 3],
  ['warning', 2],
]);

const severityOf = (fields: WindowsFields): number =>
  LEVELS.get((first(fields, 'Level', 'EventLevel') ?? '').toLowerCase()) ?? 1;

const messageOf = (fields: WindowsFields, eventId: number | undefined): string => {
  const said = first(fields, 'Message', 'Category', 'Activity', 'ActionType', 'OperationName', 'Operation')?.split(
    /\r?\n/,
    1,
  )[0];
  const what = first(
    fields,
    'CommandLine',
    'TargetFilename',
    'TargetObject',
    'ImageLoaded',
    'QueryName',
    'ServiceName',
  );
  const named = eventId === undefined ? '' : `${first(fields, 'Channel') ?? 'Windows'} ${eventId}: `;
  return `${named}${[said, what].filter((part) => part !== undefined).join(' — ') || 'event'}`;
};

const partsOf = (
  fields: WindowsFields,
  host: string | undefined,
  classUid: number,
  hashes: Record<string, string>,
): Partial<Ocsf> => ({
  device: compact({ hostname: host, ip: ipOf(fields.HostIP) }),
  actor: actorOf(fields, classUid),
  src: compact({
    ip: firstIp(fields, SOURCE_IP),
    port: portOf(fields.SourcePort ?? fields.IpPort),
    hostname: first(fields, 'SourceHostname', 'WorkstationName'),
  }),
  dst: compact({
    ip: firstIp(fields, DESTINATION_IP),
    port: portOf(fields.DestinationPort ?? fields.DestPort ?? fields.RemotePort),
    hostname: first(fields, 'DestinationHostname'),
  }),
  file: compact({
    path: first(
      fields,
      'TargetFilename',
      'ImageLoaded',
      'PipeName',
      'RelativeTargetName',
      ...(fields.ObjectType === 'File' ? ['ObjectName'] : []),
    ),
    sha256: hashes.SHA256,
    md5: hashes.MD5,
  }),
});

const normalise = (event: NativeObject): NormalisedEvent => {
  const fields = fieldsOf(event);
  const channel = first(fields, 'Channel', 'Provider') ?? '';
  const eventId = wholeOf(fields.EventID ?? fields.event_id);
  const host = first(fields, ...HOST_FIELDS) ?? textOf(objectAt(event, 'host')?.name);
  const kind = classOf(channel, eventId);
  const hashes = hashesOf(fields);
  const parts = partsOf(fields, host, kind.classUid, hashes);
  const user = parts.actor?.userName ?? undefined;
  const users = ['SubjectUserName', 'TargetUserName', 'User', 'SourceUser', 'TargetUser'].map(
    (name) => split(first(fields, name)).user,
  );
  return {
    ...timesOf(fields),
    entity: host === undefined ? entityOf('user', user) : entityOf('host', host),
    observables: observablesOf(
      ['hostname', host],
      ['user-name', user],
      ...users.map((name): [string, string | undefined] => ['user-name', name]),
      ['ip-address', parts.src?.ip],
      ['ip-address', parts.dst?.ip],
      ['process-name', parts.actor?.processName],
      ['domain', first(fields, 'QueryName')],
      ['url', first(fields, 'RemoteUrl')],
      ...Object.values(hashes).map((hash): [string, string] => ['file-hash', hash]),
      ['file-path', parts.file?.path],
    ),
    ocsf: ocsfOf(kind, severityOf(fields), messageOf(fields, eventId), parts),
  };
};

export const windows: Source = { name: 'windows', kind: 'WINDOWS', ...jsonAlone, normalise };
