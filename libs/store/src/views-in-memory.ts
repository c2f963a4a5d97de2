import type { Heard, Typed } from '#libs/model';
import { byDocument, fold, type FoldedDocument } from './fold.js';
import type { FilterScalar, ScopedView, Store, StoredView, TenantDocument, ViewFilter, ViewQuery } from './port.js';
import { scopesOf } from './scope.js';
import { valueIn } from './view-filter.js';

const OPERATORS: Record<string, (value: FilterScalar, wanted: FilterScalar & (string | number)) => boolean> = {
  gt: (value, wanted) => value !== null && value > wanted,
  gte: (value, wanted) => value !== null && value >= wanted,
  lt: (value, wanted) => value !== null && value < wanted,
  lte: (value, wanted) => value !== null && value <= wanted,
  ne: (value, wanted) => value !== wanted,
  prefix: (value, wanted) => typeof value === 'string' && value.startsWith(String(wanted)),
};

const meets = (value: FilterScalar, wanted: ViewFilter[string]): boolean => {
  if (wanted === null || typeof wanted !== 'object') return value === wanted;
  return Object.entries(wanted).every(([name, one]) =>
    name === 'in' ? (one as FilterScalar[]).includes(value) : (OPERATORS[name]?.(value, one as string) ?? false),
  );
};

/** A field that is an array matches by its elements. */
const matches = (doc: unknown, where: ViewFilter = {}): boolean =>
  Object.entries(where).every(([path, wanted]) => {
    const value = (valueIn(doc, path) ?? null) as FilterScalar | FilterScalar[];
    return (Array.isArray(value) ? value : [value]).some((one) => meets(one, wanted));
  });

const compare = (a: unknown, b: unknown): number => {
  const [one, other] = [a, b] as [string, string];
  return one < other ? -1 : one > other ? 1 : 0;
};

const readsOf = <Doc>(documents: readonly TenantDocument<Doc>[]): ScopedView<Doc> => {
  const find = ({ where, sort = {}, limit = 100, after = '0' }: ViewQuery = {}) => {
    const order = Object.entries(sort);
    const found = documents
      .filter(({ doc }) => matches(doc, where))
      .sort((a, b) =>
        order.reduce((sum, [path, way]) => sum || way * compare(valueIn(a.doc, path), valueIn(b.doc, path)), 0),
      );
    const end = Number(after) + limit;
    return { items: found.slice(Number(after), end), ...(end < found.length ? { next: String(end) } : {}) };
  };
  const getMany = (keys: readonly string[]) => documents.filter(({ key }) => keys.includes(key));
  return {
    find: async (query) => find(query),
    getMany: async (keys) => getMany(keys),
    get: async (key) => getMany([key])[0]?.doc,
    count: async (where) => documents.filter(({ doc }) => matches(doc, where)).length,
    reached: async (key) => getMany([key]).length > 0,
  };
};

/** Views folded from facts alone, and what reads them. */
export type FoldedViews = Pick<Store, 'view' | 'allOf'>;

/** Documents of views that grow with each fact. */
export interface ViewsFolding {
  take(facts: readonly Heard[]): void;
  views(): FoldedViews;
}

const readsOfAll = (documents: ReadonlyMap<string, TenantDocument<unknown>[]>): FoldedViews => {
  const of = <Doc>(name: string, scopes: readonly string[]): TenantDocument<Doc>[] =>
    (documents.get(name) ?? []).filter(({ tenant }) => scopes.includes(tenant)) as TenantDocument<Doc>[];
  return {
    view: (name) => ({ for: (tenants) => readsOf(of(name, scopesOf(tenants))) }),
    allOf: async <Doc>(name: string, tenant: string, where?: ViewFilter) =>
      of<Doc>(name, scopesOf(tenant)).filter(({ doc }) => matches(doc, where)),
  };
};

/**
 * Folds facts as they are read, beside the live views and without a trace in the store: for whoever must not believe
 * what is shown. A fact that cannot be shown is left out, as it is from a live view.
 */
export const foldingViews = <Doc, F extends Typed>(views: readonly StoredView<Doc, F>[]): ViewsFolding => {
  const folded = new Map(views.map((view) => [view, new Map<string, FoldedDocument>()]));
  return {
    take: (facts) => {
      for (const [view, known] of folded)
        for (const [id, { tenant, key, facts: own }] of byDocument(view, facts, () => undefined)) {
          const before = known.get(id) ?? { tenant, key, doc: undefined, rev: 0, seen: {}, changed: false };
          known.set(id, fold(view, before, own));
        }
    },
    views: () =>
      readsOfAll(
        new Map(
          [...folded].map(([{ name }, known]) => [
            name,
            [...known.values()]
              .flatMap(({ tenant, key, doc }) => (doc === undefined ? [] : [{ tenant, key, doc }]))
              .sort((a, b) => compare(`${a.tenant}/${a.key}`, `${b.tenant}/${b.key}`)),
          ]),
        ),
      ),
  };
};

/** The same of facts that are at hand. */
export const viewsInMemory = <Doc, F extends Typed>(
  views: readonly StoredView<Doc, F>[],
  facts: readonly Heard[],
): FoldedViews => {
  const folding = foldingViews(views);
  folding.take(facts);
  return folding.views();
};
