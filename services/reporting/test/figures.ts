/** Figures of the sample week, by id. */
import type { Journals } from '../src/domain/journals/index.js';
import { type FigureId, allFigures } from '../src/domain/metrics/index.js';
import { nothing, someSettings, theWeek } from './samples.js';

export const MINUTE = 60_000;
export const figures = (journals: Partial<Journals>, settings = someSettings) =>
  Object.fromEntries(
    allFigures({ ...nothing, ...journals }, theWeek, settings).map(({ id, value }) => [id, value]),
  ) as Record<FigureId, unknown>;
