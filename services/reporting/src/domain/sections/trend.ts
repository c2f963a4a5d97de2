import { openedIn } from '../journals/case-at.js';
import { afterMerges } from '../journals/after-merges.js';
import type { Journals } from '../journals/index.js';
import { respondFigures } from '../metrics/respond.js';
import type { MeasuredFigure } from '../metrics/figure.js';
import { clockResults } from '../metrics/service-levels.js';
import { shareOf } from '../metrics/statistics.js';
import { periodBefore, type Period } from '../report/period.js';
import type { ReportData, TrendPoint } from '../report/data.js';
import type { FigureId } from '../metrics/index.js';

/** Periods before this one. */
const EARLIER = 4;

const medianOf = (figures: readonly MeasuredFigure[], wanted: FigureId): number | null => {
  const value = figures.find(({ id }) => id === wanted)?.value;
  return typeof value === 'object' && value !== null ? value.median : null;
};

/** As each period's own report told it. */
const pointOf = (told: Journals, period: Period): TrendPoint => {
  const journals = afterMerges(told, period.to);
  const results = clockResults(journals.cases, period);
  const figures = respondFigures(journals, period);
  return {
    ...period,
    cases: openedIn(journals.cases, period).length,
    notifyMs: medianOf(figures, 'time-to-notify'),
    containMs: medianOf(figures, 'time-to-contain'),
    attained: shareOf(results.filter(({ attained }) => attained).length, results.length),
  };
};

const isEmpty = ({ cases, notifyMs, containMs, attained }: TrendPoint): boolean =>
  cases === 0 && notifyMs === null && containMs === null && attained === null;

type TrendedPeriod = Pick<ReportData, 'period' | 'kind' | 'timeZone'>;

/** The periods before, the oldest first, and the period itself. */
const trendPeriods = ({ period, kind, timeZone }: TrendedPeriod): Period[] => {
  const periods = [period];
  for (let earlier = 0; earlier < EARLIER; earlier += 1) periods.unshift(periodBefore(periods[0]!, kind, timeZone));
  return periods;
};

/** When what a report tells begins (epoch ms): nothing that ended before moves any of its figures. */
export const toldSince = (told: TrendedPeriod): number => trendPeriods(told)[0]!.from;

/**
 * How the same figures stood in the periods before, the oldest first; from cases alone, which are never forgotten. What
 * lies before the first case is left out, and a period without any before it has no trend.
 */
export const trendSection = (told: Journals, of: TrendedPeriod): TrendPoint[] => {
  const points = trendPeriods(of).map((one) => pointOf(told, one));
  const first = points.findIndex((one) => !isEmpty(one));
  return first < 0 || first === points.length - 1 ? [] : points.slice(first);
};
