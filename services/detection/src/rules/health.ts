import { Counter } from 'prom-client';
import { idOf } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import { disabledFinding } from '../domain/health.js';
import type { LoadedRules } from './compiled.js';

type Context = Pick<ServiceContext, 'out' | 'clock' | 'log' | 'metrics'>;
/** A compiled set, and whose rules it holds. */
export interface Watched {
  scope: string;
  set: LoadedRules;
}

/** Looks for rules that were put aside since it looked last: each is logged, counted and raised once, for the tenant whose rule it is. */
export const watchHealth = ({ out, clock, log, metrics: { registry } }: Context): ((all: readonly Watched[]) => Promise<void>) => {
  const disabled = new Counter({ name: 'vigie_rules_disabled_total', help: 'Rules put aside because an expression took too long', registers: [registry] });
  const seen = new WeakMap<LoadedRules, number>();
  const fresh = ({ scope, set }: Watched) => set.set.disabled().slice(seen.get(set) ?? 0).map(({ ruleId, reason, pattern }) => ({
    scope, ruleId, reason, pattern, at: clock.now(), title: set.known.get(ruleId)?.title ?? ruleId, version: set.versions.find((one) => one.ruleId === ruleId)?.version ?? '',
  }));
  return async (all) => {
    for (const watched of all) {
      const found = fresh(watched);
      if (found.length === 0) continue;
      const findings = found.map((one) => disabledFinding(watched.scope, one));
      await out.send(findings.map((finding) => out.record(watched.scope, finding, { id: idOf('finding.raised', finding.findingId), subject: finding.findingId, correlationId: finding.findingId })));
      seen.set(watched.set, (seen.get(watched.set) ?? 0) + found.length);
      for (const { ruleId, reason, scope } of found) log.warn({ ruleId, reason, tenant: scope }, 'a rule was switched off');
      disabled.inc(found.length);
    }
  };
};
