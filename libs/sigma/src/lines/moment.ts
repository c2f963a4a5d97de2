/** When a written time was, where it does not say all of it. */
import type { WrittenTime } from './syslog-time.js';

const DAY_MS = 86_400_000;
/** The most that a clock on a wall can be ahead of UTC. */
const MOST_AHEAD_MS = 14 * 3_600_000;
const ZONE_STEP_MS = 15 * 60_000;
const TOLERANCE_MS = 5 * 60_000;

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
