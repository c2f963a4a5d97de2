import { Refused } from '#libs/model';
import type { MongoFilter, OpenDatabase, ViewDocument } from './collections.js';
import { faultOf, StoreAway } from './errors.js';
import { documentId, seenKey } from './fold.js';
import { positionOf } from './place.js';
import type { ViewQuery, ReadLimit, FilterScalar, ScopedView, TenantDocument, ViewFilter } from './port.js';
import { patient } from './retry.js';
import { scopesOf, type TenantScope } from './scope.js';
import { afterOf, cursorOf, fieldOf, filterOf, sortOf, valueIn } from './view-filter.js';

const LIMIT = 500;

const shownOf = <Doc>({ tenant, key, doc }: ViewDocument): TenantDocument<Doc> => ({ tenant, key, doc: doc as Doc });

const valueAt = (document: ViewDocument, name: string): FilterScalar => {
  const value = valueIn(document.doc, name);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

/** @throws StoreAway when the time is over; what it was about may still end by itself. */
const within = async <T>(doing: string, ms: number, operation: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreAway(`${doing}: no answer within ${ms} ms`)), ms);
  });
  return Promise.race([operation, over]).finally(() => clearTimeout(timer));
};

/** How reads of a view are carried out: with the store's own patience, or within a limit. */
const carrying = (opened: OpenDatabase, name: string, limit: ReadLimit | undefined) => {
  const doing = `reading view ${name}`;
  const fault = (error: unknown): never => {
    throw faultOf(doing, error);
  };
  if (!limit) return <T>(operation: () => Promise<T>): Promise<T> => opened.patiently(doing, operation).catch(fault);
  const patiently = patient(limit.withinMs, opened.log);
  return <T>(operation: () => Promise<T>): Promise<T> =>
    within(doing, limit.withinMs, patiently(doing, operation)).catch(fault);
};

/** A page of a view: its filter and order, and one document more than fits, which tells whether there is another. */
const pageOf = ({ limit = 100, after, sort: wanted, where }: ViewQuery, mine: MongoFilter<ViewDocument>) => {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT)
    throw new Refused(`a page has 1 to ${LIMIT} documents`, 'BAD_LIMIT');
  const sort = sortOf(wanted);
  const filter = {
    $and: [mine, filterOf(where), ...(after === undefined ? [] : [afterOf(after, sort)])],
  } as MongoFilter<ViewDocument>;
  const order: [string, 1 | -1][] = [
    ...sort.map(([field, way]): [string, 1 | -1] => [fieldOf(field), way]),
    ['_id', 1],
  ];
  return { limit, sort, filter, order };
};

/** How the documents of some tenants in one view are read. */
const readsOf = (opened: OpenDatabase, name: string, limit: ReadLimit | undefined, scopes: readonly TenantScope[]) => ({
  collection: opened.viewOf(name),
  mine: {
    tenant: scopes.length === 1 ? scopes[0] : { $in: scopes },
    gone: false,
  } as MongoFilter<ViewDocument>,
  patiently: carrying(opened, name, limit),
  // The store itself gives up as well, so that it does not go on for nobody. It takes whole milliseconds, and 0 for
  // none.
  bounds: limit ? { maxTimeMS: Math.max(1, Math.ceil(limit.withinMs)) } : {},
  idsOf: (keys: readonly string[]): string[] => scopes.flatMap((tenant) => keys.map((key) => documentId(tenant, key))),
});
type ViewReads = ReturnType<typeof readsOf>;

const manyOf =
  <Doc>({ collection, mine, patiently, bounds, idsOf }: ViewReads) =>
  async (keys: readonly string[]): Promise<TenantDocument<Doc>[]> => {
    const filter = { ...mine, _id: { $in: idsOf(keys) } };
    const found = await patiently(() => collection.find(filter, { ...bounds, projection: { seen: 0 } }).toArray());
    return found.map((one) => shownOf<Doc>(one));
  };

const findIn =
  <Doc>({ collection, mine, patiently, bounds }: ViewReads) =>
  async (query: ViewQuery = {}): Promise<{ items: TenantDocument<Doc>[]; next?: string }> => {
    const { limit, sort, filter, order } = pageOf(query, mine);
    const found = await patiently(() =>
      collection
        .find(filter, { ...bounds, projection: { seen: 0 } })
        .sort(order)
        .limit(limit + 1)
        .toArray(),
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const items = page.map((one) => shownOf<Doc>(one));
    if (found.length <= limit || last === undefined) return { items };
    return { items, next: cursorOf({ values: sort.map(([field]) => valueAt(last, field)), id: last._id }) };
  };

/** See Store.allOf. */
export const allOf = async <Doc>(
  opened: OpenDatabase,
  name: string,
  tenant: string,
  where?: ViewFilter,
): Promise<TenantDocument<Doc>[]> => {
  const { collection, mine, patiently } = readsOf(opened, name, undefined, scopesOf(tenant));
  const filter = { $and: [mine, filterOf(where)] } as MongoFilter<ViewDocument>;
  const found = await patiently(() => collection.find(filter, { projection: { seen: 0 } }).toArray());
  return found.map((one) => shownOf<Doc>(one)).sort((a, b) => (a.key < b.key ? -1 : 1));
};

/** Reads of a view, which begin with whose documents they are. */
export const viewReader = <Doc>(
  opened: OpenDatabase,
  name: string,
  limit?: ReadLimit,
): { for(tenants: string | readonly string[]): ScopedView<Doc> } => ({
  for: (tenants) => {
    const reads = readsOf(opened, name, limit, scopesOf(tenants));
    const { collection, mine, patiently, bounds, idsOf } = reads;
    const getMany = manyOf<Doc>(reads);
    return {
      getMany,
      get: async (key) => (await getMany([key]))[0]?.doc,
      find: findIn<Doc>(reads),
      count: async (where) => {
        const filter = { $and: [mine, filterOf(where)] } as MongoFilter<ViewDocument>;
        return patiently(() => collection.countDocuments(filter, bounds));
      },
      reached: async (key, streamId, version) => {
        const stream = seenKey(streamId);
        const found = await patiently(() =>
          collection
            .find({ _id: { $in: idsOf([key]) } }, { ...bounds, projection: { [`seen.${stream}`]: 1 } })
            .toArray(),
        );
        const wanted = positionOf({ version, index: 0 });
        return found.some(({ seen }) => (seen?.[stream] ?? -1) >= wanted);
      },
    };
  },
});
