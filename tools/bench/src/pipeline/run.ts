import { loadOf, type BenchSource, type Load, type LoadPlan } from './load.js';
import type { HeardFindings } from './findings.js';
import { pipelineRound, type PipelineRound } from './pipeline-round.js';
import type { BenchWorld } from './world.js';

/** What a measurement has sent so far, and what it needs to send more. */
export interface Run {
  world: BenchWorld;
  heard: HeardFindings;
  targets: BenchSource[];
  sent: Load[];
}

export const tenantsOf = (targets: readonly BenchSource[]): string[] => [
  ...new Set(targets.map(({ tenant }) => tenant)),
];

export const newLoad = ({ targets, sent }: Run, plan: Omit<LoadPlan, 'targets' | 'at' | 'run'>): Load => {
  const load = loadOf({ ...plan, targets, at: Date.now(), run: `r${sent.length}` });
  sent.push(load);
  return load;
};

export const roundOn = (run: Run, load: Load, backlog: boolean): Promise<PipelineRound> =>
  pipelineRound({ ...run, load, backlog, tenants: tenantsOf(run.targets) });
