import { round } from '../figures.js';

/** One run of detection over the same telemetry. */
export interface KeptRun {
  keeps: boolean;
  findings: number;
  /** CPU of detection's process, user and system, until all was done; ms. */
  cpuMs: number;
  /** Until everything was published, and until everything was kept as well (the same where nothing is); ms. */
  publishedMs: number;
  doneMs: number;
}

const medianOf = (values: number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** How fast detection is with keeping, as a part of what it is without: 1 when keeping cannot be seen. */
export const sharesOf = (runs: readonly KeptRun[]) => {
  const median = (keeps: boolean, field: 'cpuMs' | 'publishedMs' | 'doneMs'): number =>
    medianOf(runs.filter((run) => run.keeps === keeps).map((run) => run[field]));
  const share = (field: 'cpuMs' | 'publishedMs' | 'doneMs'): number =>
    round(median(false, field) / median(true, field));
  const told = (keeps: boolean) => ({
    cpuMs: Math.round(median(keeps, 'cpuMs')),
    publishedMs: Math.round(median(keeps, 'publishedMs')),
    doneMs: Math.round(median(keeps, 'doneMs')),
  });
  return {
    findings: Math.max(...runs.map(({ findings }) => findings)),
    without: told(false),
    keeping: told(true),
    speedKept: { byCpu: share('cpuMs'), untilPublished: share('publishedMs'), untilKept: share('doneMs') },
  };
};
