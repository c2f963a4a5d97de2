import type { Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { measured, type MeasuredFigure } from './figure.js';
import { spreadOf } from './statistics.js';

/** The customer's own ratings, 1 to 5, given in the period; the last one of each case. */
export const satisfactionFigures = ({ cases }: Journals, period: Period): MeasuredFigure[] => {
  const stars = cases
    .flatMap(({ ratings }) => ratings.filter(({ at }) => isIn(at, period)).slice(-1))
    .map((rating) => rating.stars);
  return [measured('satisfaction', 'stars', spreadOf(stars), ['case.rated'], ['stars', 'at'])];
};
