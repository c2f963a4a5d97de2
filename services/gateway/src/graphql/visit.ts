import type { ServiceContext } from '#libs/service';
import type { AskForPerson } from '../asking/ask.js';
import { prefixOf } from '../domain/case-prefix.js';
import { sees, type Caller } from '../domain/scope.js';
import type { Live } from '../live/consumption.js';
import { openGate, type Gate } from '../reading/gate.js';
import type { CallerReads } from '../reading/limits.js';
import type { Scopes } from '../reading/scopes.js';
import { openLoaders, type Loaders } from './loaders.js';

/** What requests of callers stand on. */
export interface VisitPorts {
  context: Pick<ServiceContext, 'settings' | 'clock'>;
  scopes: Scopes;
  reads: CallerReads;
  live: Live;
  ask: AskForPerson;
}

/** One request of one caller: GraphQL's context. */
export interface Visit extends Loaders {
  gate: Gate;
  /** A later look at what the caller may see. */
  again(): Promise<Visit>;
  /** Puts a request to the service that decides it. */
  ask: AskForPerson;
  live: Live;
  /** Number of a case as people say it. */
  caseNumber(tenant: string, number: number): string;
  /** Visible tenants whose case numbers begin so. */
  tenantsNumbering(prefix: string): string[];
  settings: ServiceContext['settings'];
  now(): number;
}

/**
 * Opens a request: grants are read now. All its reads end within `withinMs`; without it, as for a subscription, each
 * has its own time.
 */
export const openVisit = async (ports: VisitPorts, caller: Caller, withinMs?: number): Promise<Visit> => {
  const { context, scopes, reads, ask, live } = ports;
  const { settings, clock } = context;
  const untilMs = withinMs === undefined ? undefined : performance.now() + withinMs;
  const gate = openGate(reads(caller, untilMs), await scopes(caller));
  const prefixed = (tenantId: string): string => prefixOf({ tenantId, prefix: settings.get(tenantId)?.prefix ?? '' });
  return {
    ...openLoaders(gate),
    gate,
    ask,
    live,
    settings,
    again: () => openVisit(ports, caller),
    caseNumber: (tenant, number) => `${prefixed(tenant)}-${number}`,
    tenantsNumbering: (prefix) =>
      gate.scope.tenants.filter(
        (tenant) => [prefixed(tenant), tenant.toUpperCase()].includes(prefix) && sees(gate.scope, tenant),
      ),
    now: () => clock.now(),
  };
};
