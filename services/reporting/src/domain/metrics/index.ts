/**
 * The figures of a report: pure functions from journals, a period and settings to numbers, each with the facts and
 * fields it is made from. Nothing is asked of the outside; the same journals give the same figures whenever they are
 * asked.
 */
import type { TenantState } from '#contracts';
import type { Journals } from '../journals/index.js';
import type { Period } from '../report/period.js';
import { coverageFigures } from './coverage.js';
import { detectFigures } from './detect.js';
import type { MeasuredFigure } from './figure.js';
import { huntingFigures } from './hunting.js';
import { reductionFigures } from './reduction.js';
import { resolveFigures } from './resolve.js';
import { respondFigures } from './respond.js';
import { satisfactionFigures } from './satisfaction.js';
import { serviceLevelFigures } from './service-levels.js';
import { techniqueFigures } from './techniques.js';
import { usageFigures } from './usage.js';

export type { FigureId, MeasuredFigure, FigureSpread, FigureUnit } from './figure.js';

/** All figures of a tenant's period. `settings` are those the report is made with. */
export const allFigures = (journals: Journals, period: Period, settings: TenantState): MeasuredFigure[] => [
  ...detectFigures(journals, period),
  ...respondFigures(journals, period),
  ...resolveFigures(journals, period),
  ...serviceLevelFigures(journals, period),
  ...reductionFigures(journals, period),
  ...coverageFigures(journals, period, settings),
  ...techniqueFigures(journals, period, settings),
  ...satisfactionFigures(journals, period),
  ...usageFigures(journals, period),
  ...huntingFigures(journals, period),
];
