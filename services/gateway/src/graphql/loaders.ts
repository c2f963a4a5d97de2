import DataLoader from 'dataloader';
import type { Gate, ViewOf } from '../reading/gate.js';
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

const AT_ONCE = 500;

/** Documents of a view that name a case, by case; all cases of a request at once. */
const listOfCase = <Doc extends { caseId: string }, Shown>(
  gate: Gate,
  view: ViewOf<Doc>,
  sort: Record<string, 1 | -1>,
  shown: (one: { tenant: string; doc: Doc }) => Shown,
): DataLoader<OfCase, Shown[], string> =>
  new DataLoader(
    async (cases) => {
      const { items } = await gate
        .read(
          view,
          cases.map(({ tenant }) => tenant),
        )
        .find({ where: { caseId: { in: cases.map(({ caseId }) => caseId) } }, sort, limit: AT_ONCE });
      return cases.map(({ tenant, caseId }) =>
        items.filter((one) => one.tenant === tenant && one.doc.caseId === caseId).map(shown),
      );
    },
    { cacheKeyFn: ({ tenant, caseId }) => `${tenant}/${caseId}`, maxBatchSize: 200 },
  );

/** Documents of a view by their key, so many of a request at once. */
const oneByKey = <Wanted extends { tenant: string }, Doc, Shown>(
  gate: Gate,
  view: ViewOf<Doc>,
  keyOf: (wanted: Wanted) => string,
  shown: (doc: Doc | undefined) => Shown,
  maxBatchSize = 200,
): DataLoader<Wanted, Shown, string> =>
  new DataLoader(
    async (wanted) => {
      const tenants = wanted.map(({ tenant }) => tenant);
      const found = await gate.read(view, tenants).getMany(wanted.map(keyOf));
      return wanted.map((one) =>
        shown(found.find(({ tenant, key }) => tenant === one.tenant && key === keyOf(one))?.doc),
      );
    },
    { cacheKeyFn: (one) => `${one.tenant}/${keyOf(one)}`, maxBatchSize },
  );

export const openLoaders = (gate: Gate): Loaders => ({
  actionsOf: listOfCase(gate, actions, { proposedAt: 1 }, item('Action')),
  adviceOf: listOfCase(gate, recommendations, { at: 1 }, item('Recommendation')),
  deliveriesOf: listOfCase(gate, deliveries, { requestedAt: 1 }, ({ doc }) => doc),
  deliveryOf: oneByKey(
    gate,
    deliveries,
    ({ deliveryId }) => deliveryId,
    (doc) => doc ?? null,
  ),
  caseOf: oneByKey(
    gate,
    cases,
    ({ caseId }) => caseId,
    (doc) => doc,
  ),
  eventsOf: oneByKey(
    gate,
    findingEvents,
    ({ findingId }) => findingId,
    (doc) => doc?.events ?? [],
    50,
  ),
});
