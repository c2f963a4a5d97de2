import DataLoader from 'dataloader';
import type { ServiceContext } from '#libs/service';
import type { Ask } from '../asking/ask.js';
import type { Live } from '../live/consumption.js';
import { sees, type Caller } from '../domain/scope.js';
import { nodeId, type NodeType } from '../domain/node-id.js';
import type { ActionDoc } from '../views/actions.js';
import type { FindingEventsDoc } from '../views/findings.js';
import type { Quotas } from '../http/quotas.js';
import { openGate, type Gate } from './gate.js';
import type { Reads } from './limits.js';
import type { Scopes } from './scopes.js';

/** A document as resolvers have it: with its tenant, and the GraphQL type it is. */
export type Item<Doc> = Doc & { tenant: string; nodeType: NodeType };

export const item =
  <Doc extends object>(nodeType: NodeType) =>
  ({ tenant, doc }: { tenant: string; doc: Doc }): Item<Doc> => ({ ...doc, tenant, nodeType });

export const tenantNode = (tenant: string): string => nodeId('Tenant', tenant, tenant);

/** What the gateway stands on. */
export interface Ports {
  context: ServiceContext;
  scopes: Scopes;
  reads: Reads;
  quotas: Quotas;
  live: Live;
  ask: Ask;
}

/** One request of one caller: GraphQL's context. */
export interface Visit {
  gate: Gate;
  /** A later look at what the caller may see. */
  again(): Promise<Visit>;
  /** Puts a request to the service that decides it. */
  ask: Ask;
  live: Live;
  /** Number of a case as people say it. */
  caseNumber(tenant: string, number: number): string;
  /** Visible tenants whose case numbers begin so. */
  tenantsNumbering(prefix: string): string[];
  settings: ServiceContext['settings'];
  actionsOf: DataLoader<{ tenant: string; caseId: string }, Item<ActionDoc>[], string>;
  eventsOf: DataLoader<{ tenant: string; findingId: string }, FindingEventsDoc['events'], string>;
  now(): number;
}

const ACTIONS_AT_ONCE = 500;

const loadActions = (gate: Gate) =>
  new DataLoader<{ tenant: string; caseId: string }, Item<ActionDoc>[], string>(
    async (cases) => {
      const wanted = {
        where: { caseId: { in: cases.map(({ caseId }) => caseId) } },
        sort: { proposedAt: 1 as const },
        limit: ACTIONS_AT_ONCE,
      };
      const { items } = await gate
        .read<ActionDoc>(
          'actions',
          cases.map(({ tenant }) => tenant),
        )
        .find(wanted);
      return cases.map(({ tenant, caseId }) =>
        items.filter((one) => one.tenant === tenant && one.doc.caseId === caseId).map(item<ActionDoc>('Action')),
      );
    },
    { cacheKeyFn: ({ tenant, caseId }) => `${tenant}/${caseId}`, maxBatchSize: 200 },
  );

const loadEvents = (gate: Gate) =>
  new DataLoader<{ tenant: string; findingId: string }, FindingEventsDoc['events'], string>(
    async (findings) => {
      const view = gate.read<FindingEventsDoc>(
        'finding-events',
        findings.map(({ tenant }) => tenant),
      );
      const found = await view.getMany(findings.map(({ findingId }) => findingId));
      return findings.map(
        ({ tenant, findingId }) =>
          found.find((one) => one.tenant === tenant && one.key === findingId)?.doc.events ?? [],
      );
    },
    { cacheKeyFn: ({ tenant, findingId }) => `${tenant}/${findingId}`, maxBatchSize: 50 },
  );

/**
 * Opens a request: grants are read now. All its reads end within `withinMs`; without it, as for a subscription, each
 * has its own time.
 */
export const openVisit = async (ports: Ports, caller: Caller, withinMs?: number): Promise<Visit> => {
  const {
    context: { settings, clock },
    scopes,
    reads,
    ask,
    live,
  } = ports;
  const untilMs = withinMs === undefined ? undefined : performance.now() + withinMs;
  const gate = openGate(reads(caller, untilMs), await scopes(caller));
  const prefixOf = (tenant: string): string => settings.get(tenant)?.prefix || tenant.toUpperCase();
  return {
    gate,
    ask,
    live,
    settings,
    again: () => openVisit(ports, caller),
    caseNumber: (tenant, number) => `${prefixOf(tenant)}-${number}`,
    tenantsNumbering: (prefix) =>
      gate.scope.tenants.filter((tenant) => prefixOf(tenant) === prefix && sees(gate.scope, tenant)),
    actionsOf: loadActions(gate),
    eventsOf: loadEvents(gate),
    now: () => clock.now(),
  };
};
