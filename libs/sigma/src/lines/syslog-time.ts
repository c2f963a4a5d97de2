import { ZONE_NAMES, zoneOf } from './zones.js';

/** A time as a header writes it: numbers of a calendar, what is missing left out. */
export interface WrittenTime {
  year?: number;
  /** 1 to 12 */
  month: number;
  day: number;
  hours: number;
  minutes: number;
  seconds: number;
  ms: number;
  /** What stands for the month may be the day, and the other way round. */
  isOrderOpen?: true;
  /** East of UTC; absent when no zone is said, or only a name that can mean several. */
  offsetMinutes?: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const ZONE = String.raw`Z|BST|IST|${ZONE_NAMES}|[+-]\d\d:?\d\d`;
const BSD = new RegExp(
  String.raw`(?:(\d{4}) )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (\d{4})(?= ))?(?: (${ZONE})(?=[ :]))?`,
  'y',
);
const ISO = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|z|[+-]\d\d:?\d\d)?/y;
/** `2026:11:28-18:59:13`, as Sophos' UTM writes it. */
const UTM = /(\d{4}):(\d\d):(\d\d)-(\d\d):(\d\d):(\d\d)(?= )/y;
const EPOCH = /(\d{10})(?:\.(\d{1,9})|(\d{3}))?(?= )/y;

export const msOf = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1_000);

const offsetOf = (zone: string | undefined): number | undefined => {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zoneOf(zone ?? '') ?? '') ?? [];
  return sign === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

const at = (pattern: RegExp, line: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from;
  return pattern.exec(line);
};

const written = (
  parts: { year?: string; month: number; day?: string; clock: (string | undefined)[]; fraction?: string },
  zone: string | undefined,
): WrittenTime => {
  const [hours, minutes, seconds] = parts.clock.map(Number) as [number, number, number];
  const offsetMinutes = offsetOf(zone);
  return {
    ...(parts.year === undefined ? {} : { year: Number(parts.year) }),
    month: parts.month,
    day: Number(parts.day),
    hours,
    minutes,
    seconds,
    ms: msOf(parts.fraction),
    ...(offsetMinutes === undefined ? {} : { offsetMinutes }),
  };
};

/** What a clock in Greenwich shows, without saying so. @param at epoch ms. */
export const clockAt = (at: number): WrittenTime & { year: number } => {
  const moment = new Date(at);
  return {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    hours: moment.getUTCHours(),
    minutes: moment.getUTCMinutes(),
    seconds: moment.getUTCSeconds(),
    ms: moment.getUTCMilliseconds(),
  };
};

/** The time written at an index, and where it ends. */
export const clockOf = (line: string, from: number): { time: WrittenTime; end: number } | undefined => {
  const bsd = at(BSD, line, from);
  if (bsd) {
    const [, first, name = '', day, before, hours, minutes, seconds, fraction, behind, zone] = bsd;
    const month = MONTHS.indexOf(name) + 1;
    if (month === 0) return undefined;
    const time = written(
      { year: first ?? before ?? behind, month, day, clock: [hours, minutes, seconds], fraction },
      zone,
    );
    return { time, end: from + bsd[0].length };
  }
  const iso = at(ISO, line, from) ?? at(UTM, line, from);
  if (iso) {
    const [, year, month, day, hours, minutes, seconds, fraction, zone] = iso;
    const time = written({ year, month: Number(month), day, clock: [hours, minutes, seconds], fraction }, zone);
    return { time, end: from + iso[0].length };
  }
  const epoch = at(EPOCH, line, from);
  if (!epoch) return undefined;
  const time = { ...clockAt(Number(epoch[1]) * 1_000), ms: msOf(epoch[2] ?? epoch[3]), offsetMinutes: 0 };
  return { time, end: from + epoch[0].length };
};
