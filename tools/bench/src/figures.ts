/**
 * What one cold run says of itself. `matches` counts one round; `cpuSeconds` is user and system time while matching;
 * `workerMb` what the process holds besides the events, by thread.
 */
export type RunFigures = {
  events: number;
  seconds: number;
  cpuSeconds: number;
  matches: number;
  loadMs: number;
  loadCpuMs?: number;
  rssMb: number;
  workerMb: number;
};

/** The best of several runs of the same thing: the least disturbed one. */
export const best = (runs: readonly RunFigures[], by: 'seconds' | 'cpuSeconds'): RunFigures => {
  const [first, ...others] = runs;
  if (!first) throw new Error('nothing was run');
  return others.reduce((least, one) => (one[by] < least[by] ? one : least), first);
};

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const perSecond = ({ events, seconds }: RunFigures): number => Math.round(events / seconds);
export const perCpuSecond = ({ events, cpuSeconds }: RunFigures): number => Math.round(events / cpuSeconds);
