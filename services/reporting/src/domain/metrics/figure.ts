/** Middle and ninth tenth of n values. */
export interface FigureSpread {
  median: number;
  p90: number;
  n: number;
}

export type FigureUnit = 'ms' | 'minutes' | 'hours' | 'count' | 'bytes' | 'share' | 'stars';

export type FigureId =
  | 'time-to-detect'
  | 'pipeline-delay'
  | 'time-to-acknowledge'
  | 'time-to-notify'
  | 'time-to-contain'
  | 'time-to-resolve'
  | 'time-to-resolve-ours'
  | 'time-to-resolve-customer'
  | 'time-to-resolve-third-party'
  | 'time-to-approve'
  | 'events'
  | 'findings'
  | 'cases'
  | 'cases-needing-customer'
  | 'fidelity'
  | 'coverage-techniques'
  | 'coverage-sources'
  | 'coverage-assets'
  | 'satisfaction'
  | 'dead-letters'
  | 'bytes'
  | 'assets'
  | 'analyst-minutes'
  | 'actions-verified'
  | 'hours-saved'
  | 'hunts'
  | 'hunt-hypotheses'
  | 'hunt-events'
  | 'hunts-with-rows'
  | 'hunt-time'
  | 'sla-acknowledge'
  | 'sla-notify'
  | 'sla-contain'
  | 'sla-resolve';

/** From which facts, by which fields, the figure is made. */
export interface FigureQuery {
  facts: string[];
  fields: string[];
}

/** A figure without its words. `value` is null when there is no data; no data is never 0. */
export interface MeasuredFigure {
  id: FigureId;
  value: number | FigureSpread | null;
  unit: FigureUnit;
  query: FigureQuery;
}

export const measured = (
  id: FigureId,
  unit: FigureUnit,
  value: MeasuredFigure['value'],
  facts: string[],
  fields: string[],
): MeasuredFigure => ({
  id,
  unit,
  value,
  query: { facts, fields },
});
