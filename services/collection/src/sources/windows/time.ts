import { MINUTE_MS } from '#libs/terms';
import { isZoned, timeOf } from '../json-values.js';
import type { NativeJson, NormalisedEvent } from '../source.js';
import { first, type WindowsFields, type WindowsRecord } from './fields.js';

const QUARTER_MS = 15 * MINUTE_MS;
const WIDEST_ZONE_MS = 14 * 60 * MINUTE_MS;
/** An event may be written this long after it happened; further apart, one of two times is wrong. */
const APART_MS = 5 * MINUTE_MS;

const LOGGED = [
  '@timestamp',
  'TimeGenerated',
  'Timestamp',
  'CreationTime',
  'EventTime',
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

/** Epoch ms of a time as Windows' tools write it. */
export const windowsTime = (value: NativeJson | undefined): number | undefined => {
  if (typeof value !== 'string') return timeOf(value);
  const text = value.trim();
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

const saidBy = (fields: WindowsFields, name: string): LoggedTime | undefined => {
  const value = fields[name];
  const at = windowsTime(typeof value === 'number' ? value : first(fields, name));
  return at === undefined ? undefined : { name, at };
};

/** When it was written down, and the name of the field that says so. */
const logged = (event: WindowsFields, system: WindowsFields): LoggedTime | undefined => {
  const local = localEventTime(event);
  if (local !== undefined) return { name: 'EventTime', at: local };
  if (first(system, 'TimeCreated') !== undefined) return saidBy(system, 'TimeCreated');
  const name = LOGGED.find((one) => first(event, one) !== undefined);
  return name === undefined ? undefined : saidBy(event, name);
};

/**
 * When it happened, epoch ms. Sysmon's own `UtcTime` counts before what the log says: a collector may write its local
 * time, or hours of twelve, and call them UTC; both are told when they disagree.
 * @param event as it came: around what the event log says, a tool may say when
 */
export const timesOf = (
  event: WindowsFields,
  { system, fields }: WindowsRecord,
): Pick<NormalisedEvent, 'occurredAt' | 'otherTime'> => {
  const utc = isSysmon(system) ? windowsTime(first(fields, 'UtcTime')) : undefined;
  const other = logged(event, system);
  if (utc === undefined) return { occurredAt: other?.at };
  return other === undefined || Math.abs(utc - other.at) <= APART_MS
    ? { occurredAt: utc }
    : { occurredAt: utc, otherTime: { counted: 'UtcTime', other: other.name, at: other.at } };
};

const isSysmon = (system: WindowsFields): boolean =>
  (first(system, 'Channel', 'Provider_Name') ?? '').toLowerCase().includes('sysmon');

/**
 * `EventTime` of NXLog is the collector's local time without a zone; `EventReceivedTime` is in the same zone and
 * `@timestamp` is the same moment in UTC: their difference (to a quarter of an hour) is the zone.
 */
const localEventTime = (fields: WindowsFields): number | undefined => {
  const text = first(fields, 'EventTime');
  const local = windowsTime(text);
  if (text === undefined || local === undefined || isZoned(text)) return local;
  const [received, stamp] = [timeOf(fields.EventReceivedTime), timeOf(fields['@timestamp'])];
  if (received === undefined || stamp === undefined) return undefined;
  const zoneMs = Math.round((stamp - received) / QUARTER_MS) * QUARTER_MS;
  return Math.abs(zoneMs) <= WIDEST_ZONE_MS ? local + zoneMs : undefined;
};
