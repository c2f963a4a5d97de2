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

const DAY_MS = 86_400_000;
/** The most that a clock on a wall can be ahead of UTC. */
const MOST_AHEAD_MS = 14 * 3_600_000;
const ZONE_STEP_MS = 15 * 60_000;
const TOLERANCE_MS = 5 * 60_000;

const msOf = (fraction: string | undefined): number =>
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

/** Epoch ms in a year, as if in UTC; undefined for a time that cannot be, such as 30 February. */
const inYear = (time: WrittenTime, year: number): number | undefined => {
  const { month, day, hours, minutes, seconds, ms } = time;
  if (hours > 23 || minutes > 59 || seconds > 60 || month < 1 || month > 12) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) return undefined;
  return midnight + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + ms;
};

/** Epoch ms; `isAssumed`: not all of it was written. */
type Moment = { at: number; isAssumed: boolean };
/** Further than any time is from another. */
const FUTURE_MS = 1e15;

/**
 * When that was, epoch ms. What is not written is taken from when the line was received: the latest year in which it
 * is not ahead of that by more than zones can be, and UTC; a time ahead of the receipt was written east of it, and is
 * brought back by quarters of an hour. Of a month and a day that may be either, it is what lies nearest before.
 * `isAssumed` says so.
 */
export const momentOf = (time: WrittenTime, receivedAt: number): Moment | undefined => {
  if (!time.isOrderOpen) return momentIn(time, receivedAt);
  const latest = receivedAt + TOLERANCE_MS;
  const found = [time, { ...time, month: time.day, day: time.month }]
    .map((one) => momentIn(one, receivedAt)?.at)
    .filter((one) => one !== undefined);
  const apart = (one: number): number => (one > latest ? FUTURE_MS : 0) + Math.abs(one - receivedAt);
  const [at] = found.sort((a, b) => apart(a) - apart(b));
  return at === undefined ? undefined : { at, isAssumed: true };
};

const momentIn = (time: WrittenTime, receivedAt: number): Moment | undefined => {
  if (time.year !== undefined && time.offsetMinutes !== undefined) {
    const exact = inYear(time, time.year);
    return exact === undefined ? undefined : { at: exact - time.offsetMinutes * 60_000, isAssumed: false };
  }
  const isZoned = time.offsetMinutes !== undefined;
  const shift = (time.offsetMinutes ?? 0) * 60_000;
  const thisYear = new Date(receivedAt).getUTCFullYear();
  const years = time.year === undefined ? [thisYear + 1, thisYear, thisYear - 1] : [time.year];
  const latest = receivedAt + (isZoned ? DAY_MS : MOST_AHEAD_MS);
  const moments = years.map((year) => inYear(time, year)).filter((one) => one !== undefined);
  const found = moments.map((one) => one - shift).find((one) => one <= latest);
  const moment = found ?? (time.year === undefined ? undefined : moments.map((one) => one - shift)[0]);
  if (moment === undefined) return undefined;
  const ahead = moment - receivedAt - TOLERANCE_MS;
  const isEast = !isZoned && ahead > 0 && ahead <= MOST_AHEAD_MS;
  return { at: isEast ? moment - Math.ceil(ahead / ZONE_STEP_MS) * ZONE_STEP_MS : moment, isAssumed: true };
};
