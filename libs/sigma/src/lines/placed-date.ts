import { hourOf } from './written-time.js';
import { msOf, type WrittenTime } from './syslog-time.js';

const HALF = String.raw`(?:\s?([AP])\.?\s?M\b\.?)?`;
const FORM = new RegExp(
  String.raw`^(\d{1,2})([./-])(\d{1,2})\2(\d{4}),? (\d{1,2})([:.])(\d\d)\6(\d\d)(?:[.,](\d{1,9}))?${HALF}$`,
  'i',
);
const LONGEST = 40;

/**
 * `11/12/2026 9:03:38 AM`, `30.11.2026 09:03:38`: a time as the settings of its machine write it, without a zone. The
 * day is first between dots (nobody writes months so), and where the first number can be no month. Where either can be
 * the month that is left open: halves of the day are written behind both (Australia's day is first).
 */
export const dateOfPlace = (text: string): WrittenTime | undefined => {
  const found = text.length > LONGEST ? null : FORM.exec(text.trim());
  if (!found) return undefined;
  const [, first, mark, second, year, hour, , minute, seconds, fraction, half = ''] = found;
  const day = dayOf(Number(first), Number(second), mark === '.');
  const hours = hourOf(Number(hour), half === '' ? '' : `${half.toUpperCase()}M`);
  if (hours === undefined || day === undefined) return undefined;
  return {
    ...day,
    year: Number(year),
    hours,
    minutes: Number(minute),
    seconds: Number(seconds),
    ms: msOf(fraction),
  };
};

const dayOf = (
  one: number,
  two: number,
  isDotted: boolean,
): Pick<WrittenTime, 'month' | 'day' | 'isOrderOpen'> | undefined => {
  if (isDotted || one > 12) return two > 12 ? undefined : { month: two, day: one };
  return { month: one, day: two, ...(two <= 12 && one !== two ? { isOrderOpen: true } : {}) };
};
