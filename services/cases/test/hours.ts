/** Opening hours in Paris. */
import type { BusinessCalendar } from '#contracts';
import { DateTime } from 'luxon';
import type { CountedHours } from '../src/domain/clocks/calendar.js';

export const week = (start: string, end: string, weekdays = [1, 2, 3, 4, 5]): BusinessCalendar['days'] =>
  weekdays.map((weekday) => ({ weekday, start, end }));
export const paris: CountedHours = {
  timeZone: 'Europe/Paris',
  calendar: { days: week('09:00', '17:00'), holidays: ['2026-11-11'] },
};
export const at = (text: string, zone = 'Europe/Paris'): number => DateTime.fromISO(text, { zone }).toMillis();
