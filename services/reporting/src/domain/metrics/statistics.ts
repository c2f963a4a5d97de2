import type { FigureSpread } from './figure.js';

/**
 * @returns the median (mean of the two in the middle when n is even) and the 90th percentile by nearest rank (the
 * smallest value that at least nine in ten do not pass), null when there are no values. In the unit of the values.
 */
export const spreadOf = (values: number[]): FigureSpread | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const { length: n } = sorted;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const median = n % 2 === 1 ? at((n - 1) / 2) : (at(n / 2 - 1) + at(n / 2)) / 2;
  return { median, p90: at(Math.ceil(0.9 * n) - 1), n };
};

/** Share of `part` in `whole`, to four decimals; null when there is no whole. */
export const shareOf = (part: number, whole: number): number | null =>
  whole > 0 ? Math.round((part / whole) * 10_000) / 10_000 : null;

export const sumOf = <T>(list: T[], by: (one: T) => number): number => list.reduce((sum, one) => sum + by(one), 0);

/** Milliseconds between two instants; clocks of sources may run ahead, so never less than none. */
export const elapsedMs = (from: number, to: number): number => Math.max(0, to - from);
