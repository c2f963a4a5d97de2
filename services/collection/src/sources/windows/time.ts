import { isZoned, timeOf } from '../json-values.js';
import { first, type WindowsFields } from './fields.js';

const QUARTER_MS = 15 * 60_000;
const WIDEST_ZONE_MS = 14 * 60 * 60_000;

/**
 * When it happened. `EventTime` of NXLog is the collector's local time without a zone; `EventReceivedTime` is in the
 * same zone and `@timestamp` is the same moment in UTC, so that their difference (to a quarter of an hour) is the zone.
 * @returns epoch ms
 */
export const occurredAt = (fields: WindowsFields): number | undefined => {
  const utc = channelIsSysmon(fields) ? timeOf(fields.UtcTime) : undefined;
  return (
    utc ??
    localEventTime(fields) ??
    timeOf(
      first(
        fields,
        'TimeCreated',
        '@timestamp',
        'TimeGenerated',
        'Timestamp',
        'CreationTime',
        'EventTime',
        'TimeCollected',
        'time',
      ),
    )
  );
};

const channelIsSysmon = (fields: WindowsFields): boolean =>
  (first(fields, 'Channel', 'Provider', 'SourceName') ?? '').toLowerCase().includes('sysmon');

const localEventTime = (fields: WindowsFields): number | undefined => {
  const text = first(fields, 'EventTime');
  const local = timeOf(text);
  if (text === undefined || local === undefined || isZoned(text)) return local;
  const [received, stamp] = [timeOf(fields.EventReceivedTime), timeOf(fields['@timestamp'])];
  if (received === undefined || stamp === undefined) return undefined;
  const zoneMs = Math.round((stamp - received) / QUARTER_MS) * QUARTER_MS;
  return Math.abs(zoneMs) <= WIDEST_ZONE_MS ? local + zoneMs : undefined;
};
