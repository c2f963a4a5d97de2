import type { Comparison, Correlation } from '../types.js';

const HOLDS: Record<Comparison, (measured: number, value: number) => boolean> = {
  lt: (measured, value) => measured < value,
  lte: (measured, value) => measured <= value,
  gt: (measured, value) => measured > value,
  gte: (measured, value) => measured >= value,
  eq: (measured, value) => measured === value,
  neq: (measured, value) => measured !== value,
};

/** Every comparison holds: a range is two of them. */
export const holds = ({ condition: { comparisons } }: Correlation, measured: number): boolean =>
  comparisons.every(({ operator, value }) => HOLDS[operator](measured, value));

/** Counting further than this decides nothing. */
export const countingEnds = ({ condition: { comparisons } }: Correlation): number =>
  Math.max(1, ...comparisons.map(({ value }) => Math.floor(value) + 1));
