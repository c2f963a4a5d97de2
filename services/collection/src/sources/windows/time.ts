import { isZoned, timeOf } from '../json-values.js';
import type { NormalisedEvent } from '../source.js';
import { first, type WindowsFields } from './fields.js';

const QUARTER_MS = 15 * 60_000;
const WIDEST_ZONE_MS = 14 * 60 * 60_000;
/** An event may be written this long after it happened; further apart, one of two times is wrong. */
const APART_MS = 5 * 60_000;

const LOGGED = [
  'TimeCreated',
  '@timestamp',
  'TimeGenerated',
  'Timestamp',
  'CreationTime',
  'EventTime',
  'TimeCollected',
  'time',
];

/** When it was written down, and the name of the field that says so. */
const logged = (fields: WindowsFields): { name: string; at: number } | undefined => {
  const local = localEventTime(fields);
  if (local !== undefined) return { name: 'EventTime', at: local };
  const name = LOGGED.find((one) => first(fields, one) !== undefined);
  const at = name === undefined ? undefined : timeOf(first(fields, name));
  return name === undefined || at === undefined ? undefined : { name, at };
};

/**
 * When it happened, epoch ms. Sysmon's own `UtcTime` counts before what the log says: a collector may write its local
 * time, or hours of twelve, and call them UTC; both are told when they disagree.
 */
export const timesOf = (fields: WindowsFields): Pick<NormalisedEvent, 'occurredAt' | 'otherTime'> => {
  const utc = channelIsSysmon(fields) ? timeOf(fields.UtcTime) : undefined;
  const other = logged(fields);
  if (utc === undefined) return { occurredAt: other?.at };
  return other === undefined || Math.abs(utc - other.at) <= APART_MS
    ? { occurredAt: utc }
    : { occurredAt: utc, otherTime: { counted: 'UtcTime', other: other.name, at: other.at } };
};

const channelIsSysmon = (fields: WindowsFields): boolean =>
  (first(fields, 'Channel', 'Provider', 'SourceName') ?? '').toLowerCase().includes('sysmon');

/**
 * `EventTime` of NXLog is the collector's local time without a zone; `EventReceivedTime` is in the same zone and
 * `@timestamp` is the same moment in UTC: their difference (to a quarter of an hour) is the zone.
 */
const localEventTime = (fields: WindowsFields): number | undefined => {
  const text = first(fields, 'EventTime');
  const local = timeOf(text);
  if (text === undefined || local === undefined || isZoned(text)) return local;
  const [received, stamp] = [timeOf(fields.EventReceivedTime), timeOf(fields['@timestamp'])];
  if (received === undefined || stamp === undefined) return undefined;
  const zoneMs = Math.round((stamp - received) / QUARTER_MS) * QUARTER_MS;
  return Math.abs(zoneMs) <= WIDEST_ZONE_MS ? local + zoneMs : undefined;
};
