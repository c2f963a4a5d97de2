import { DateTime } from 'luxon';
import type { ReportKind } from '#contracts';
import { DAY_MS } from '#libs/terms';

/** Half-open: `from` belongs to it, `to` does not. Epoch milliseconds. */
export interface Period {
  from: number;
  to: number;
}

/** Longest period: two months. */
export const MOST_MS = 62 * DAY_MS;

/** Local hour of Monday, and of the first, at which the report of the week, the month, before is made. */
const REPORT_HOUR = 6;

const local = (at: number, timeZone: string): DateTime => DateTime.fromMillis(at, { zone: timeZone });

/** The week from Monday to Monday, in local midnights, that `at` lies in: 167, 168 or 169 hours. */
export const weekOf = (at: number, timeZone: string): Period => {
  const monday = local(at, timeZone).startOf('week');
  return { from: monday.toMillis(), to: monday.plus({ weeks: 1 }).toMillis() };
};

/** The calendar month, in local midnights, that `at` lies in. */
export const monthOf = (at: number, timeZone: string): Period => {
  const first = local(at, timeZone).startOf('month');
  return { from: first.toMillis(), to: first.plus({ months: 1 }).toMillis() };
};

const STEP = { WEEKLY: { weeks: 1 }, MONTHLY: { months: 1 } } as const;

/**
 * The report that is due next after `at`: on Monday, or the first, at 06:00 local time, on the week or month that ended
 * that midnight.
 */
export const nextReport = (kind: ReportKind, at: number, timeZone: string): Period & { dueAt: number } => {
  const begun = local(at, timeZone).startOf(kind === 'WEEKLY' ? 'week' : 'month');
  const isAhead = begun.set({ hour: REPORT_HOUR }).toMillis() > at;
  const end = isAhead ? begun : begun.plus(STEP[kind]);
  return {
    from: end.minus(STEP[kind]).toMillis(),
    to: end.toMillis(),
    dueAt: end.set({ hour: REPORT_HOUR }).toMillis(),
  };
};

/** The period of the same kind before: by the calendar when it begins at one of its bounds, else of the same length. */
export const periodBefore = ({ from, to }: Period, kind: ReportKind, timeZone: string): Period => {
  const whole = kind === 'WEEKLY' ? weekOf(from, timeZone) : monthOf(from, timeZone);
  const isWhole = whole.from === from && whole.to === to;
  return isWhole
    ? { from: local(from, timeZone).minus(STEP[kind]).toMillis(), to: from }
    : { from: from - (to - from), to: from };
};

/** Local days that the period touches, each cut to the period. */
export const daysOf = ({ from, to }: Period, timeZone: string): (Period & { date: string })[] => {
  const days: (Period & { date: string })[] = [];
  for (
    let day = local(from, timeZone).startOf('day');
    day.toMillis() < to;
    day = day.plus({ days: 1 }).startOf('day')
  ) {
    const next = day.plus({ days: 1 }).startOf('day');
    days.push({ date: day.toISODate() ?? '', from: Math.max(from, day.toMillis()), to: Math.min(to, next.toMillis()) });
  }
  return days;
};

/** ISO date, in local time, of an instant. */
export const dateOf = (at: number, timeZone: string): string => local(at, timeZone).toISODate() ?? '';

/** ISO date of a week, or a month, before an instant in UTC. */
export const sameDateBefore = (kind: ReportKind, at: number): string =>
  local(at, 'UTC').minus(STEP[kind]).toISODate() ?? '';

export const isIn = (at: number | null | undefined, { from, to }: Period): at is number =>
  typeof at === 'number' && at >= from && at < to;
