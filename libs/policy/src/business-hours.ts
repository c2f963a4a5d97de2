import { DateTime } from 'luxon';
import type { BusinessCalendar } from '#contracts';

/** Whether the instant (epoch ms) lies in the tenant's opening hours, in its own time zone; holidays are closed. */
export const isBusinessTime = (calendar: BusinessCalendar, timeZone: string, at: number): boolean => {
  const local = DateTime.fromMillis(at, { zone: timeZone });
  if (!local.isValid || calendar.holidays.includes(local.toISODate())) return false;
  const time = local.toFormat('HH:mm');
  return calendar.days.some(({ weekday, start, end }) => weekday === local.weekday && start <= time && time < end);
};
