import type { DatePart } from '../rule/expression.js';
import type { Json } from '../types.js';

/**
 * A part of a date as it is written: zones are neither read nor converted (the specification says so).
 * Texts begin with YYYY-MM-DD, then optionally T or a space and hh:mm. Numbers are epoch seconds or, from 10^11 on,
 * milliseconds, in UTC.
 * `week` is the ISO 8601 week. NaN when the value is no date or lacks the part.
 */
export const partOf = (value: Json, part: DatePart): number => {
  const [year, month, day, hour, minute] = fieldsOf(value);
  switch (part) {
    case 'year':
      return year;
    case 'month':
      return month;
    case 'day':
      return day;
    case 'hour':
      return hour;
    case 'minute':
      return minute;
    default:
      return isoWeek(year, month, day);
  }
};

type Fields = [year: number, month: number, day: number, hour: number, minute: number];

const fieldsOf = (value: Json): Fields => {
  const text = typeof value === 'number' ? isoText(value) : typeof value === 'string' ? value : '';
  const [, year, month, day, hour, minute] = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/.exec(text) ?? [];
  return [Number(year), Number(month), Number(day), Number(hour), Number(minute)];
};

const isoText = (epoch: number): string => {
  const milliseconds = Math.abs(epoch) < 1e11 ? epoch * 1000 : epoch;
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : '';
};

const DAY_MS = 86_400_000;

const isoWeek = (year: number, month: number, day: number): number => {
  const date = Date.UTC(year, month - 1, day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = date + (3 - weekday) * DAY_MS;
  const firstDay = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - firstDay) / DAY_MS / 7) + 1;
};
