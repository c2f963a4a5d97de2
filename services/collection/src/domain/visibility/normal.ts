import { DateTime } from 'luxon';
import { HOUR_MS } from '#libs/terms';
import { hourOf, type SourceReading } from './source-watch.js';

/** Of the same hour of the week, four weeks back; else of the same hour of like days, two weeks back. */
const WEEKS = { back: 9, wanted: 4 };
const DAYS = { back: 14, wanted: 7 };
/** Fewer say nothing. */
const LEAST_SAMPLES = 3;

const isWeekend = ({ weekday }: DateTime): boolean => weekday > 5;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
};

interface ComparedHours {
  reading: SourceReading;
  /** Hours from this one on are no samples: what is judged says nothing about what is normal. */
  before: number;
  /** IANA name: people work by the clock on the wall. */
  zone: string;
}

/**
 * Events that are normal for an hour of the epoch: the median of the same hour of earlier weeks, by the clock on the
 * wall; null while too little is known.
 */
export const normalOf = (
  { reading: { hours, knownFrom }, before, zone }: ComparedHours,
  hour: number,
): number | null => {
  if (knownFrom === null) return null;
  const at = DateTime.fromMillis(hour * HOUR_MS, { zone });
  const samples = (unit: 'weeks' | 'days', { back, wanted }: typeof WEEKS): number[] => {
    const found: number[] = [];
    for (let step = 1; step <= back && found.length < wanted; step += 1) {
      const then = at.minus({ [unit]: step });
      const past = hourOf(then.toMillis());
      if (past < knownFrom) break;
      if (past < before && isWeekend(then) === isWeekend(at)) found.push(hours.get(past)?.accepted ?? 0);
    }
    return found;
  };
  const weekly = samples('weeks', WEEKS);
  const taken = weekly.length >= LEAST_SAMPLES ? weekly : samples('days', DAYS);
  return taken.length >= LEAST_SAMPLES ? median(taken) : null;
};

/**
 * Milliseconds from one time to another without the hours in which nothing is normal. What lies before the first of
 * these does not count: work ends now earlier, now later.
 */
export const expectantMs = (compared: ComparedHours, from: number, to: number): number => {
  let sum = 0;
  let isFirstRun = true;
  for (let hour = hourOf(from); hour * HOUR_MS < to; hour += 1) {
    if (normalOf(compared, hour) !== 0) {
      sum += Math.min(to, (hour + 1) * HOUR_MS) - Math.max(from, hour * HOUR_MS);
      continue;
    }
    if (isFirstRun) sum = 0;
    isFirstRun = false;
  }
  return sum;
};
