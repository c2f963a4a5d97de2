import type { OpenDatabase } from './collections.js';
import type { StoredView } from './port.js';
import { fieldOf } from './view-filter.js';

/** Indexes of a view's collection: the tenant leads, as it does in every query. */
export const declareView = async (
  opened: OpenDatabase,
  view: Pick<StoredView, 'name' | 'indexes'>,
  name: string = view.name,
): Promise<void> => {
  const fields = (view.indexes ?? []).map(fieldOf);
  await opened.patiently(`declaring view ${view.name}`, () =>
    opened
      .viewOf(name)
      .createIndexes([
        { key: { tenant: 1, gone: 1, _id: 1 }, name: 'tenant' },
        ...fields.map((field) => ({ key: { tenant: 1, gone: 1, [field]: 1 } as const, name: field })),
      ]),
  );
};
