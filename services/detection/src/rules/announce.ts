import { Counter, Gauge } from 'prom-client';
import type { RulesetLoaded, RuleVersion, RunningRule } from '#contracts';
import { idOf } from '#libs/model';
import type { Failure } from '#libs/sigma';
import type { ServiceContext } from '#libs/service';

const FAILURES_TOLD = 100;

export const figuresOf = ({ metrics: { registry } }: Pick<ServiceContext, 'metrics'>) => ({
  loaded: new Gauge({ name: 'vigie_rules_loaded', help: 'Rules that run for everybody', registers: [registry] }),
  failed: new Gauge({
    name: 'vigie_rules_failed',
    help: 'Rules for everybody that could not be loaded',
    registers: [registry],
  }),
  reloads: new Counter({
    name: 'vigie_rules_reloads_total',
    help: 'Times the rules for everybody were exchanged',
    registers: [registry],
  }),
});

export const logFailures = (log: ServiceContext['log'], failures: readonly Failure[], tenant?: string): void => {
  if (tenant === undefined) {
    for (const failure of failures.slice(0, FAILURES_TOLD)) log.warn({ ...failure }, 'a rule cannot be loaded');
    return;
  }
  // Names of files and what stands in them are the tenant's own: it is told which and why as a fact, the log how many.
  if (failures.length > 0) log.warn({ tenant, failures: failures.length }, 'rules of a tenant cannot be loaded');
};

interface RulesetLoad {
  importId: string;
  running: readonly RunningRule[];
  versions: readonly RuleVersion[];
  failures: readonly Failure[];
  elapsedMs: number;
}

/** Tells who imported rules that they run now, and which could not be loaded. */
export const announce = async (
  { out, clock }: Pick<ServiceContext, 'out' | 'clock'>,
  scope: string,
  { importId, running, versions, failures, elapsedMs }: RulesetLoad,
): Promise<void> => {
  const at = clock.now();
  const loaded: RulesetLoaded = {
    type: 'ruleset.loaded',
    importId,
    rules: [...running],
    versions: [...versions],
    failures: failures.slice(0, FAILURES_TOLD).map(({ file, line, reason }) => ({ file, line, reason })),
    elapsedMs,
    at,
  };
  await out.send([out.record(scope, loaded, { id: idOf('ruleset.loaded', scope, importId, at) })]);
};
