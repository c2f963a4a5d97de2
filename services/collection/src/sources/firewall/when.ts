import type { DeviceTime } from '../any-time.js';
import type { TaxonomyView } from '../taxonomy.js';

/** Times of its own, best first; then what who passed it on says. */
const FIELDS = [
  'generated_time',
  'rt',
  'derived.time',
  '@timestamp',
  'timestamp',
  'datetime',
  'TimeGenerated',
  'time',
  'date',
  'end',
];

/**
 * When an event happened. FortiGate counts nanoseconds or seconds, or tells date and time apart; Palo Alto says it a
 * second time with its zone. A time without a zone is one of the device's wall, unless the zone is said beside.
 */
export const whenOf = (seen: TaxonomyView): DeviceTime => {
  const counted = /^(\d{10})\d{0,9}$/.exec(seen.text('eventtime', 'FTNTFGTeventtime') ?? '')?.[1];
  const zone = seen.text('tz', 'FTNTFGTtz', 'timezone', 'dtz');
  const [date, time] = [seen.text('date', 'FTNTFGTdate'), seen.text('time', 'FTNTFGTtime')];
  return seen.when(FIELDS, zone, [
    counted === undefined ? undefined : Number(counted),
    seen.text('high_res_timestamp'),
    date === undefined || time === undefined ? undefined : `${date}T${time}`,
  ]);
};
