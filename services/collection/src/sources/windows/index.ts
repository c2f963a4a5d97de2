/**
 * Windows endpoints: Sysmon, Security, PowerShell and other channels as JSON or XML, from whichever tool ships them, or
 * Azure (Sentinel tables, Microsoft 365 Defender, Entra ID and Office activity that come by the same way).
 * The entity is `host:<full name, lower-case>`; without a host the user.
 */
import type { Ocsf } from '#contracts';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { ipOf, objectAt, portOf, textOf, wholeOf } from '../json-values.js';
import { endpointClass } from '../endpoint-classes.js';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { xmlToo } from '../taking.js';
import { actorOf, split } from './actor.js';
import { classOf } from './classes.js';
import { first, recordOf, type WindowsFields, type WindowsRecord } from './fields.js';
import { hashesOf } from './hashes.js';
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
/** The host as the event log names it; data may be called Computer, too. */
const hostOf = (event: NativeObject, { system, isFlat }: WindowsRecord): string | undefined =>
  isFlat
    ? (first(event, ...HOST_FIELDS) ?? first(system, 'Computer') ?? textOf(objectAt(event, 'host')?.name))
    : first(system, 'Computer');

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

const firstIp = (fields: WindowsFields, names: string[]): string | undefined => {
  for (const name of names) {
    const ip = ipOf(first(fields, name));
    if (ip !== undefined) return ip;
  }
  return undefined;
};

const LEVELS = new Map([
  ['1', 5],
  ['2', 3],
  ['3', 2],
  ['critical', 5],
  ['high', 4],
  ['error', 3],
  ['medium', 3],
  ['low', 2],
  ['warning', 2],
]);

const severityOf = ({ system, fields }: WindowsRecord): number =>
  LEVELS.get((first(system, 'Level') ?? first(fields, 'Level', 'EventLevel') ?? '').toLowerCase()) ?? 1;

const messageOf = ({ system, fields }: WindowsRecord, eventId: number | undefined): string => {
  const said = (
    first(system, 'Message') ??
    first(fields, 'Message', 'Category', 'Activity', 'ActionType', 'OperationName', 'Operation')
  )?.split(/\r?\n/, 1)[0];
  const what = first(
    fields,
    'CommandLine',
    'TargetFilename',
    'TargetObject',
    'ImageLoaded',
    'QueryName',
    'ServiceName',
  );
  const named = eventId === undefined ? '' : `${first(system, 'Channel') ?? 'Windows'} ${eventId}: `;
  return `${named}${[said, what].filter((part) => part !== undefined).join(' — ') || 'event'}`;
};

const partsOf = (
  record: WindowsRecord,
  host: string | undefined,
  classUid: number,
  hashes: Record<string, string>,
): Partial<Ocsf> => ({
  device: compact({ hostname: host, ip: ipOf(record.fields.HostIP) }),
  actor: actorOf(record, classUid),
  ...trafficOf(record.fields),
  file: fileOf(record.fields, hashes),
});

const trafficOf = (fields: WindowsFields): Pick<Ocsf, 'src' | 'dst'> => ({
  src: compact({
    ip: firstIp(fields, SOURCE_IP),
    port: portOf(first(fields, 'SourcePort', 'IpPort')),
    hostname: first(fields, 'SourceHostname', 'WorkstationName'),
  }),
  dst: compact({
    ip: firstIp(fields, DESTINATION_IP),
    port: portOf(first(fields, 'DestinationPort', 'DestPort', 'RemotePort')),
    hostname: first(fields, 'DestinationHostname'),
  }),
});

const fileOf = (fields: WindowsFields, hashes: Record<string, string>): Ocsf['file'] =>
  compact({
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
  });

/** Of events that were collected under another channel (ForwardedEvents) the provider tells. */
const kindOf = ({ system, category, fields }: WindowsRecord, eventId: number | undefined): OcsfClass => {
  if (category !== undefined) return endpointClass(category) ?? baseEvent;
  const [channel, provider] = [first(system, 'Channel') ?? '', first(system, 'Provider_Name') ?? ''];
  const found = classOf(channel, eventId, fields);
  return found === baseEvent && /^(?:forwardedevents)?$/i.test(channel) ? classOf(provider, eventId, fields) : found;
};

const normalise = (event: NativeObject): NormalisedEvent => {
  const record = recordOf(event);
  const { system, fields } = record;
  const eventId = wholeOf(first(system, 'EventID'));
  const host = hostOf(event, record);
  const kind = kindOf(record, eventId);
  const hashes = hashesOf(fields);
  const parts = partsOf(record, host, kind.classUid, hashes);
  const user = parts.actor?.userName ?? undefined;
  const users = ['SubjectUserName', 'TargetUserName', 'User', 'SourceUser', 'TargetUser'].map(
    (name) => split(first(fields, name)).user,
  );
  return {
    ...timesOf(event, record),
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
    ocsf: ocsfOf(kind, severityOf(record), messageOf(record, eventId), parts),
  };
};

export const windows: Source = { name: 'windows', kind: 'WINDOWS', ...xmlToo, normalise };
