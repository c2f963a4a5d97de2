import type { BusinessCalendar } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { DateTime } from 'luxon';

/** When time counts. Without hours it always does. */
export interface CountedHours {
  /** IANA name. */
  timeZone: string;
  calendar: BusinessCalendar;
}
/** Opening hours of one local day, epoch milliseconds. */
interface OpeningHours {
  from: number;
  to: number;
}

/** Ten years: a calendar that never opens is given up. */
const DAYS_AT_MOST = 3_660;

const at = (day: DateTime, time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }).startOf('day').toMillis() : day.set({ hour, minute }).toMillis();
};

const opensOn = (day: DateTime, { days, holidays }: BusinessCalendar): OpeningHours[] => {
  if (holidays.includes(day.toISODate() ?? '')) return [];
  return days
    .filter(({ weekday }) => weekday === day.weekday)
    .map(({ start, end }) => ({ from: at(day, start), to: at(day, end) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
};

/** Opening hours from an instant on, day by day in local time, so that changes of the clocks are those of the zone. */
function* openHours(since: number, { timeZone, calendar }: CountedHours): Generator<OpeningHours> {
  const first = DateTime.fromMillis(since, { zone: timeZone }).startOf('day');
  for (let index = 0; index < DAYS_AT_MOST; index += 1) {
    for (const { from, to } of opensOn(first.plus({ days: index }), calendar)) {
      if (to > since) yield { from: Math.max(from, since), to };
    }
  }
}

const always = (hours: CountedHours | undefined): hours is undefined =>
  hours === undefined || hours.calendar.days.length === 0;

/**
 * The instant at which so much counted time has gone by since `from`. Pure; epoch and span in milliseconds.
 * @param hours undefined (or no opening hours at all): time always counts.
 */
export const addCounted = (from: number, spanMs: number, hours: CountedHours | undefined): number => {
  if (always(hours) || spanMs <= 0) return from + Math.max(0, spanMs);
  let left = spanMs;
  for (const open of openHours(from, hours)) {
    if (open.to - open.from >= left) return open.from + left;
    left -= open.to - open.from;
  }
  return from + DAYS_AT_MOST * DAY_MS;
};

/** @returns counted milliseconds between two instants; 0 when `to` is not after `from`. */
export const countedBetween = (from: number, to: number, hours: CountedHours | undefined): number => {
  if (to <= from) return 0;
  if (always(hours)) return to - from;
  let sum = 0;
  for (const open of openHours(from, hours)) {
    if (open.from >= to) break;
    sum += Math.min(open.to, to) - open.from;
  }
  return sum;
};
