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
  remindersOf: DataLoader<{ tenant: string; recommendationId: string }, DeliveryDoc[], string>;
  eventsOf: DataLoader<{ tenant: string; findingId: string }, FindingEventsDoc['events'], string>;
}

const AT_ONCE = 500;

/** Documents of a view by what they name, such as a case; all cases of a request at once. */
const listOf = <Name extends string, Doc extends Readonly<Record<Name, string>>, Shown>(
  gate: Gate,
  name: Name,
  view: ViewOf<Doc>,
  sort: Record<string, 1 | -1>,
  shown: (one: { tenant: string; doc: Doc }) => Shown,
): DataLoader<{ tenant: string } & Record<Name, string>, Shown[], string> => {
  const keyOf = (tenant: string, named: Readonly<Record<Name, string>>) => `${tenant}/${named[name]}`;
  return new DataLoader(
    async (wanted) => {
      const { items } = await gate
        .read(
          view,
          wanted.map(({ tenant }) => tenant),
        )
        .find({ where: { [name]: { in: wanted.map((one) => one[name]) } }, sort, limit: AT_ONCE });
      return wanted.map((want) =>
        items.filter((one) => keyOf(one.tenant, one.doc) === keyOf(want.tenant, want)).map(shown),
      );
    },
    { cacheKeyFn: (want) => keyOf(want.tenant, want), maxBatchSize: 200 },
  );
};

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
  actionsOf: listOf(gate, 'caseId', actions, { proposedAt: 1 }, item('Action')),
  adviceOf: listOf(gate, 'caseId', recommendations, { at: 1 }, item('Recommendation')),
  deliveriesOf: listOf(gate, 'caseId', deliveries, { requestedAt: 1 }, ({ doc }) => doc),
  remindersOf: listOf(gate, 'recommendationId', deliveries, { requestedAt: -1 }, ({ doc }) => doc),
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
