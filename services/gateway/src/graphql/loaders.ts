import DataLoader from 'dataloader';
import type { Gate } from '../reading/gate.js';
import { actions, type ActionDoc } from '../views/actions.js';
import { cases, type CaseDoc } from '../views/cases.js';
import { deliveries, type DeliveryDoc } from '../views/deliveries.js';
import { findingEvents, type FindingEventsDoc } from '../views/findings.js';
import { recommendations, type RecommendationDoc } from '../views/recommendations.js';
import { item, type Item } from './items.js';

interface OfCase {
  tenant: string;
  caseId: string;
}

/** Reads of many things of one request at once. */
export interface Loaders {
  actionsOf: DataLoader<OfCase, Item<ActionDoc>[], string>;
  adviceOf: DataLoader<OfCase, Item<RecommendationDoc>[], string>;
  caseOf: DataLoader<OfCase, CaseDoc | undefined, string>;
  deliveriesOf: DataLoader<OfCase, DeliveryDoc[], string>;
  deliveryOf: DataLoader<{ tenant: string; deliveryId: string }, DeliveryDoc | null, string>;
  eventsOf: DataLoader<{ tenant: string; findingId: string }, FindingEventsDoc['events'], string>;
}

const byCase = { cacheKeyFn: ({ tenant, caseId }: OfCase) => `${tenant}/${caseId}`, maxBatchSize: 200 };
const AT_ONCE = 500;
const DELIVERIES_AT_ONCE = 500;

const loadActions = (gate: Gate): Loaders['actionsOf'] =>
  new DataLoader(async (cases) => {
    const tenants = cases.map(({ tenant }) => tenant);
    const { items } = await gate.read(actions, tenants).find({
      where: { caseId: { in: cases.map(({ caseId }) => caseId) } },
      sort: { proposedAt: 1 },
      limit: AT_ONCE,
    });
    return cases.map(({ tenant, caseId }) =>
      items.filter((one) => one.tenant === tenant && one.doc.caseId === caseId).map(item('Action')),
    );
  }, byCase);

const loadAdvice = (gate: Gate): Loaders['adviceOf'] =>
  new DataLoader(async (cases) => {
    const tenants = cases.map(({ tenant }) => tenant);
    const { items } = await gate.read(recommendations, tenants).find({
      where: { caseId: { in: cases.map(({ caseId }) => caseId) } },
      sort: { at: 1 },
      limit: AT_ONCE,
    });
    return cases.map(({ tenant, caseId }) =>
      items.filter((one) => one.tenant === tenant && one.doc.caseId === caseId).map(item('Recommendation')),
    );
  }, byCase);

const loadCases = (gate: Gate): Loaders['caseOf'] =>
  new DataLoader(async (wanted) => {
    const tenants = wanted.map(({ tenant }) => tenant);
    const found = await gate.read(cases, tenants).getMany(wanted.map(({ caseId }) => caseId));
    return wanted.map(({ tenant, caseId }) => found.find((one) => one.tenant === tenant && one.key === caseId)?.doc);
  }, byCase);

const loadDeliveries = (gate: Gate): Loaders['deliveriesOf'] =>
  new DataLoader(
    async (cases) => {
      const { items } = await gate
        .read(
          deliveries,
          cases.map(({ tenant }) => tenant),
        )
        .find({
          where: { caseId: { in: cases.map(({ caseId }) => caseId) } },
          sort: { requestedAt: 1 },
          limit: DELIVERIES_AT_ONCE,
        });
      return cases.map(({ tenant, caseId }) =>
        items.filter((one) => one.tenant === tenant && one.doc.caseId === caseId).map(({ doc }) => doc),
      );
    },
    { cacheKeyFn: ({ tenant, caseId }) => `${tenant}/${caseId}`, maxBatchSize: 200 },
  );

const loadDelivery = (gate: Gate): Loaders['deliveryOf'] =>
  new DataLoader(
    async (wanted) => {
      const tenants = wanted.map(({ tenant }) => tenant);
      const found = await gate.read(deliveries, tenants).getMany(wanted.map(({ deliveryId }) => deliveryId));
      return wanted.map(
        ({ tenant, deliveryId }) => found.find((one) => one.tenant === tenant && one.key === deliveryId)?.doc ?? null,
      );
    },
    { cacheKeyFn: ({ tenant, deliveryId }) => `${tenant}/${deliveryId}`, maxBatchSize: 200 },
  );

const loadEvents = (gate: Gate): Loaders['eventsOf'] =>
  new DataLoader(
    async (findings) => {
      const tenants = findings.map(({ tenant }) => tenant);
      const found = await gate.read(findingEvents, tenants).getMany(findings.map(({ findingId }) => findingId));
      return findings.map(
        ({ tenant, findingId }) =>
          found.find((one) => one.tenant === tenant && one.key === findingId)?.doc.events ?? [],
      );
    },
    { cacheKeyFn: ({ tenant, findingId }) => `${tenant}/${findingId}`, maxBatchSize: 50 },
  );

export const openLoaders = (gate: Gate): Loaders => ({
  actionsOf: loadActions(gate),
  deliveriesOf: loadDeliveries(gate),
  deliveryOf: loadDelivery(gate),
  adviceOf: loadAdvice(gate),
  caseOf: loadCases(gate),
  eventsOf: loadEvents(gate),
});
