import { momentOf, type WrittenTime } from '#libs/sigma';
import { MINUTE_MS } from '#libs/terms';
import { anyTimeOf, deviceTimeOf, type DeviceTime } from '../any-time.js';
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
/** Neither of them begins so. */
const ISO = /^\d{4}-/;
const BLANK_ZONE = / (?=[+-]\d\d:?\d\d$)/;
const COUNTED = /^\d{10}(?:\d{3})?(?:\.\d{1,9})?$/;

/** Epoch ms of a time as Windows' tools write it. */
export const windowsTime = (value: NativeJson | undefined): number | undefined => {
  if (typeof value !== 'string') return timeOf(value);
  const text = value.trim();
  if (ISO.test(text)) return timeOf(text.replace(BLANK_ZONE, ''));
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
  /** Epoch ms; of a clock on a wall as if it showed UTC. */
  at: number;
  /** What that clock showed. */
  written?: WrittenTime;
}

/**
 * Names of tables whose times are UTC by what Microsoft says of them. As the pages of its portals show and export them
 * (month/day/year, halves of the day) they are those of whoever looked, unless their column says `[UTC]`.
 */
const OF_UTC = new Set(['TimeGenerated', 'Timestamp', 'CreationTime', 'TimeCollected']);
const NAMED_UTC = ' [UTC]';
const LOGGED_NAMES = LOGGED.flatMap((one) => [one, `${one}${NAMED_UTC}`]);

const loggedAs = (name: string, { occurredAt: at, writtenTime: written }: DeviceTime = {}): LoggedTime | undefined => {
  if (at !== undefined) return { name, at };
  const shown = written && momentOf({ ...written, offsetMinutes: written.offsetMinutes ?? 0 }, 0)?.at;
  return written && shown !== undefined ? { name, at: shown, written } : undefined;
};

/** A time as it is written; one without a zone was read off a wall, where nobody says that it is UTC. */
const saidBy = (fields: WindowsFields, name: string, isUtc: boolean): LoggedTime | undefined => {
  const value = fields[name];
  const said = typeof value === 'number' ? value : first(fields, name);
  const text = typeof said === 'string' ? said.replace(BLANK_ZONE, '') : undefined;
  const exact = text === undefined || isUtc || isZoned(text) || CIM.test(text) ? windowsTime(said) : undefined;
  if (exact !== undefined) return { name, at: exact };
  return loggedAs(name, deviceTimeOf(text, name.endsWith(NAMED_UTC) ? 'UTC' : undefined));
};

const NAMES_AROUND = ['TimeCreated', 'time_created', 'timestamp', '@timestamp', 'Date and Time'];
/** The event log's own `SystemTime` is UTC, and so is what EvtxECmd writes: its events name their chunk. */
const isSystemTime = (event: WindowsFields, { TimeCreated: time }: WindowsFields): boolean =>
  event.ChunkNumber !== undefined || !NAMES_AROUND.some((name) => event[name] === time);

/** When it was written down, and the name of the field that says so. */
const logged = (event: WindowsFields, system: WindowsFields): LoggedTime | undefined => {
  const local = localEventTime(event);
  if (local) return local;
  if (first(system, 'TimeCreated') !== undefined) {
    const isTable = event.TimeGenerated !== undefined && event.TimeGenerated === system.TimeCreated;
    return saidBy(system, 'TimeCreated', isTable || isSystemTime(event, system));
  }
  const name = LOGGED_NAMES.find((one) => first(event, one) !== undefined);
  return name === undefined ? undefined : saidBy(event, name, OF_UTC.has(name));
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
  if (utc === undefined) {
    if (!other) return localOnly(local);
    return other.written ? { writtenTime: other.written } : { occurredAt: other.at };
  }
  const counter = inZone(other ?? (local && { name: 'EventTime', at: local.at, isLocal: true }), utc);
  return counter === undefined || Math.abs(utc - counter.at) <= APART_MS
    ? { occurredAt: utc }
    : { occurredAt: utc, otherTime: { counted: 'UtcTime', other: counter.name, at: counter.at } };
};

/** A time beside one that is known: what a wall showed is in whichever zone lies nearest; days that may be months tell nothing. */
const inZone = (time: (LoggedTime & { isLocal?: true }) | undefined, utc: number): LoggedTime | undefined => {
  if (!time || time.written?.isOrderOpen) return undefined;
  return time.written || time.isLocal ? { ...time, at: time.at - nearestZone(time.at, utc).zoneMs } : time;
};

const localOnly = (local: LocalTime | undefined): WindowsTimes =>
  local === undefined ? { occurredAt: undefined } : { occurredAt: undefined, localTime: local };

const isSysmon = (system: WindowsFields): boolean =>
  (first(system, 'Channel', 'Provider_Name') ?? '').toLowerCase().includes('sysmon');

/** The zone of NXLog's clock where somebody behind it says in UTC when it was read (`@timestamp`). */
const zoneOf = ({ readAt }: LocalTime, fields: WindowsFields): number | undefined => {
  const stamp = timeOf(fields['@timestamp']);
  if (readAt === undefined || stamp === undefined) return undefined;
  return zoneAt(readAt, stamp, LAG_MS);
};

/** `EventTime` where its zone is known, or NXLog is not who wrote it. */
const localEventTime = (fields: WindowsFields): LoggedTime | undefined => {
  const local = nxlogTime(fields);
  if (!local) return saidBy(fields, 'EventTime', false);
  const zoneMs = zoneOf(local, fields);
  return zoneMs === undefined ? undefined : { name: 'EventTime', at: local.at - zoneMs };
};
