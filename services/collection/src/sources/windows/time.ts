import { MINUTE_MS } from '#libs/terms';
import { anyTimeOf, firstDeviceTime } from '../any-time.js';
import { isZoned, timeOf } from '../json-values.js';
import { nearestZone, nxlogTime, zoneAt } from '../local-time.js';
import type { LocalTime, NativeJson, NormalisedEvent } from '../source.js';
import { first, type WindowsFields, type WindowsRecord } from './fields.js';

/** What is read is passed on within this, and no zone in use lies between. */
const LAG_MS = 7 * MINUTE_MS;
/** An event may be written this long after it happened; further apart, one of two times is wrong. */
const APART_MS = 5 * MINUTE_MS;

const LOGGED = [
  '@timestamp',
  'TimeGenerated',
  'Timestamp',
  'CreationTime',
  'TimeCollected',
  'timestamp',
  'time',
  'date',
];

/** `/Date(ms+hhmm)/`: the zone is only how it was shown. */
const DOT_NET = /^\/Date\((-?\d{1,15})[+-]\d{4}\)\/$/;
/** WMI's: minutes from UTC behind the fraction. */
const CIM = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{3})\d{3}([+-]\d{3})$/;
const BLANK_ZONE = / (?=[+-]\d\d:?\d\d$)/;
const COUNTED = /^\d{10}(?:\d{3})?(?:\.\d{1,9})?$/;

/** Epoch ms of a time as Windows' tools write it. */
export const windowsTime = (value: NativeJson | undefined): number | undefined => {
  if (typeof value !== 'string') return timeOf(value);
  const text = value.trim();
  if (COUNTED.test(text)) return anyTimeOf(text);
  const shown = DOT_NET.exec(text);
  if (shown) return timeOf(`/Date(${shown[1]})/`);
  const cim = CIM.exec(text);
  if (!cim) return timeOf(text.replace(BLANK_ZONE, ''));
  const [, year, month, day, hour, minute, second, ms, zone] = cim;
  const local = timeOf(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return local === undefined ? undefined : local - Number(zone) * MINUTE_MS;
};

interface LoggedTime {
  name: string;
  at: number;
}

/** Names of anybody, which say no UTC by themselves as the log's and Microsoft's do. */
const OF_ANYBODY = new Set(['timestamp', 'time', 'date']);
const ISO = /^\d{4}-\d\d-\d\d/;

const saidBy = (fields: WindowsFields, name: string): LoggedTime | undefined => {
  const value = fields[name];
  if (OF_ANYBODY.has(name) && typeof value === 'string' && ISO.test(value) && !isZoned(value)) return undefined;
  const at = windowsTime(typeof value === 'number' ? value : first(fields, name));
  return at === undefined ? undefined : { name, at };
};

/** Where it says when it was written down. */
const loggedUnder = (event: WindowsFields, system: WindowsFields): [WindowsFields, string] | undefined => {
  if (first(system, 'TimeCreated') !== undefined) return [system, 'TimeCreated'];
  const name = LOGGED.find((one) => first(event, one) !== undefined);
  return name === undefined ? undefined : [event, name];
};

/** When it was written down, and the name of the field that says so. */
const logged = (event: WindowsFields, system: WindowsFields): LoggedTime | undefined => {
  const local = localEventTime(event);
  if (local !== undefined) return { name: 'EventTime', at: local };
  const under = loggedUnder(event, system);
  return under && saidBy(...under);
};

type WindowsTimes = Pick<NormalisedEvent, 'occurredAt' | 'otherTime' | 'localTime' | 'writtenTime'>;

/**
 * When it happened, epoch ms. Sysmon's own `UtcTime` counts before what the log says: a collector may write its local
 * time, or hours of twelve, and call them UTC; both are told when they disagree.
 * @param event as it came: around what the event log says, a tool may say when
 */
export const timesOf = (event: WindowsFields, { system, fields }: WindowsRecord): WindowsTimes => {
  const utc = isSysmon(system) ? windowsTime(first(fields, 'UtcTime')) : undefined;
  const local = nxlogTime(event);
  const other = logged(event, system);
  if (utc === undefined) return other ? { occurredAt: other.at } : byTheWall(local, loggedUnder(event, system));
  const counter = other ?? (local && { name: 'EventTime', at: local.at - nearestZone(local.at, utc).zoneMs });
  return counter === undefined || Math.abs(utc - counter.at) <= APART_MS
    ? { occurredAt: utc }
    : { occurredAt: utc, otherTime: { counted: 'UtcTime', other: counter.name, at: counter.at } };
};

/** By a clock on a wall: NXLog's, or as a machine's settings write it (a table of `Get-WinEvent`). */
const byTheWall = (local: LocalTime | undefined, under: [WindowsFields, string] | undefined): WindowsTimes =>
  local ? { localTime: local } : under ? firstDeviceTime([first(...under)]) : { occurredAt: undefined };

const isSysmon = (system: WindowsFields): boolean =>
  (first(system, 'Channel', 'Provider_Name') ?? '').toLowerCase().includes('sysmon');

/** The zone of NXLog's clock where somebody behind it says in UTC when it was read (`@timestamp`). */
const zoneOf = ({ readAt }: LocalTime, fields: WindowsFields): number | undefined => {
  const stamp = timeOf(fields['@timestamp']);
  if (readAt === undefined || stamp === undefined) return undefined;
  return zoneAt(readAt, stamp, LAG_MS);
};

/** `EventTime` where its zone is known. */
const localEventTime = (fields: WindowsFields): number | undefined => {
  const local = nxlogTime(fields);
  if (local) {
    const zoneMs = zoneOf(local, fields);
    return zoneMs === undefined ? undefined : local.at - zoneMs;
  }
  const { EventTime: value } = fields;
  return typeof value === 'number' ? timeOf(value) : windowsTime(first(fields, 'EventTime'));
};
