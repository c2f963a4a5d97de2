/**
 * Linux: auditd's records (text lines, Laurel, Auditbeat, one record a line), Sysmon for Linux, agents in ECS and log
 * lines; JSON, or text that is wrapped as `{ "message": … }`. The entity is `host:<name as sent>`.
 */
import type { Ocsf } from '#contracts';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { textToo } from '../taking.js';
import { anyTimeOf, journalTime, type DeviceTime } from '../any-time.js';
import { at, ipOf, portOf, textOf } from '../json-values.js';
import { orOfNxlog } from '../local-time.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { programSaid, type ProgramSaid } from './programs.js';
import { endpointClass } from '../endpoint-classes.js';
import { endpointParts, taxonomyView, type TaxonomyView } from '../taxonomy.js';
import { trafficClass } from '../traffic.js';

const AUTHENTICATION = 3002;

/** Logons and account changes by the type of the audit record. */
const RECORDS = new Map<string, OcsfClass>([
  ['USER_LOGIN', { classUid: AUTHENTICATION, activityId: 1 }],
  ['USER_AUTH', { classUid: AUTHENTICATION, activityId: 1 }],
  ['LOGIN', { classUid: AUTHENTICATION, activityId: 1 }],
  ['USER_LOGOUT', { classUid: AUTHENTICATION, activityId: 2 }],
  ['USER_START', { classUid: AUTHENTICATION, activityId: 1 }],
  ['USER_END', { classUid: AUTHENTICATION, activityId: 2 }],
  ['USER_ERR', { classUid: AUTHENTICATION, activityId: 1 }],
  ['USER_ACCT', { classUid: AUTHENTICATION, activityId: 99 }],
  ['CRED_ACQ', { classUid: AUTHENTICATION, activityId: 99 }],
  ['CRED_REFR', { classUid: AUTHENTICATION, activityId: 99 }],
  ['CRED_DISP', { classUid: AUTHENTICATION, activityId: 99 }],
  ['USER_CMD', { classUid: 1007, activityId: 1 }],
  ['ADD_USER', { classUid: 3001, activityId: 1 }],
  ['DEL_USER', { classUid: 3001, activityId: 6 }],
  ['USER_CHAUTHTOK', { classUid: 3001, activityId: 3 }],
  ['ADD_GROUP', { classUid: 3006, activityId: 6 }],
  ['DEL_GROUP', { classUid: 3006, activityId: 5 }],
  ['CONFIG_CHANGE', { classUid: 1008, activityId: 99 }],
  ['SERVICE_START', { classUid: 1008, activityId: 99 }],
  ['SERVICE_STOP', { classUid: 1008, activityId: 99 }],
]);

const classOf = (seen: TaxonomyView): OcsfClass | undefined => {
  const packet = seen.text('derived.packet');
  if (packet !== undefined) return trafficClass(packet === 'seen' ? '' : packet);
  return endpointClass(seen.category) ?? RECORDS.get(seen.text('type') ?? '');
};

const NAMED = [
  'UtcTime',
  '@timestamp',
  'timestamp',
  'time',
  'TimeCreated',
  'Timestamp',
  'TimeGenerated',
  'event.timestamp',
  'unixTime',
  'Event.System.TimeCreated.SystemTime',
  'timereported',
  'ISODATE',
  'date',
];

const saidTime = (event: NativeObject, seen: TaxonomyView): DeviceTime => {
  const audit = anyTimeOf(seen.text('derived.time') ?? /^(\d+\.\d+):\d+$/.exec(textOf(event.ID) ?? '')?.[1]);
  const exact = audit ?? journalTime(event);
  return exact === undefined ? seen.when(NAMED) : { occurredAt: exact };
};

const saidParts = ({ user, ip, port }: ProgramSaid): Partial<Ocsf> => ({
  ...(user ? { actor: { userName: user } } : {}),
  ...(ip === undefined ? {} : { src: compact({ ip: ipOf(ip), port: portOf(port) }) }),
});

const MESSAGES = ['SyslogMessage', 'msg', 'MSG', 'full_message', 'short_message', 'full_log'];

/** The journal may have its message as bytes, which only the view reads. */
const messageOf = (event: NativeObject, seen: TaxonomyView): string =>
  textOf(event.message) ??
  seen.text('MESSAGE') ??
  MESSAGES.map((name) => textOf(event[name])).find((one) => one !== undefined) ??
  '';

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('linux', event);
  const host = seen.text('Computer');
  const message = messageOf(event, seen);
  const known = classOf(seen);
  const said = known ? undefined : programSaid([...seen.services, seen.text('program') ?? ''], message);
  const { parts, observables } = endpointParts(seen, host);
  const what =
    seen.text('CommandLine', 'TargetFilename', 'DestinationIp', 'COMMAND') ??
    (message || textOf(at(event, 'event', 'action')) || 'event');
  return {
    ...orOfNxlog(saidTime(event, seen), event, seen),
    entity: entityOf('host', host),
    observables: said
      ? [...observables, ...observablesOf(['user-name', said.user], ['ip-address', ipOf(said.ip)])]
      : observables,
    ocsf: ocsfOf(
      known ?? said?.kind ?? baseEvent,
      1,
      `${seen.text('SYSCALL', 'type', 'program') ?? seen.category}: ${what}`.replace(/^: /, ''),
      {
        ...parts,
        ...(said ? saidParts(said) : {}),
      },
    ),
  };
};

export const linux: Source = { name: 'linux', kind: 'LINUX', ...textToo, normalise };
