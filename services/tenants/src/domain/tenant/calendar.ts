import type { BusinessCalendar, SlaTarget } from '#contracts';
import { DateTime } from 'luxon';
import { matches, must, unique, wholeNumber } from './checks.js';

const START = /^([01]\d|2[0-3]):[0-5]\d$/;
const END = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const DAY_NAMES = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Opening hours in order, without overlaps; holidays in order, each a real date. */
export const calendarOf = ({ days, holidays }: BusinessCalendar): BusinessCalendar => {
  must(days.length <= 50, 'calendar', 'a calendar has at most 50 opening hours');
  must(holidays.length <= 1_000, 'calendar', 'a calendar has at most 1,000 holidays');
  const sorted = days
    .map(({ weekday, start, end }) => ({
      weekday: wholeNumber(weekday, 1, 7, 'weekday'),
      start: matches(start, START, 'start of a business day', 'HH:MM'),
      end: matches(end, END, 'end of a business day', 'HH:MM, at most 24:00'),
    }))
    .sort((a, b) => a.weekday - b.weekday || a.start.localeCompare(b.start));
  sorted.forEach(({ weekday, start, end }, index) => {
    must(start < end, 'calendar', `on ${DAY_NAMES[weekday]} the start ${start} must be before the end ${end}`);
    const next = sorted[index + 1];
    must(next?.weekday !== weekday || next.start >= end, 'calendar', `on ${DAY_NAMES[weekday]} opening hours overlap`);
  });
  const dates = [...holidays].sort();
  for (const date of dates) {
    matches(date, /^\d{4}-\d{2}-\d{2}$/, 'holiday', 'a date such as 2026-12-25');
    must(DateTime.fromISO(date, { zone: 'utc' }).isValid, 'holiday', `holiday '${date}' is no date`);
  }
  unique(dates, 'holiday');
  return { days: sorted, holidays: dates };
};

/** One target for each severity and kind of clock. */
export const slaOf = (targets: SlaTarget[]): SlaTarget[] => {
  for (const { minutes, severity } of targets) {
    wholeNumber(minutes, 1, 525_600, 'minutes of a service level');
    must(severity !== 'UNKNOWN', 'severity', 'a service level needs a severity');
  }
  unique(
    targets.map(({ severity, kind }) => `${severity} ${kind}`),
    'service level',
  );
  return targets;
};

/** Monday to Friday, nine to five. */
export const defaultCalendar = (): BusinessCalendar => ({
  days: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '17:00' })),
  holidays: [],
});

/** Minutes to acknowledge, notify, contain and resolve; from HIGH on around the clock. */
const DEFAULTS: [SlaTarget['severity'], boolean, number, number, number, number][] = [
  ['FATAL', false, 15, 30, 60, 1_440],
  ['CRITICAL', false, 15, 30, 60, 1_440],
  ['HIGH', false, 30, 60, 240, 2_880],
  ['MEDIUM', true, 120, 240, 480, 2_400],
  ['LOW', true, 480, 960, 2_400, 4_800],
];
export const defaultSla = (): SlaTarget[] =>
  DEFAULTS.flatMap(([severity, businessHours, ...minutes]) =>
    (['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'] as const).map((kind, index) => ({
      severity,
      kind,
      minutes: minutes[index] ?? 0,
      businessHours,
    })),
  );
