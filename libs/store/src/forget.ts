import type { OpenDatabase, ViewDocument } from './collections.js';
import { faultOf } from './errors.js';
import { scopeOf } from './scope.js';

/** See Store.forget. */
export const forget = async (
  opened: OpenDatabase,
  name: string,
): Promise<{ documents: number; held: number; effects: number; firsts: number }> => {
  const tenant = scopeOf(name);
  const removing = <T>(operation: () => Promise<T>): Promise<T> => opened.patiently('forgetting a tenant', operation);
  try {
    const collections = await removing(() => opened.db.listCollections({}, { nameOnly: true }).toArray());
    let documents = 0;
    for (const view of collections.filter((one) => one.name.startsWith('view.'))) {
      documents += (await removing(() => opened.db.collection<ViewDocument>(view.name).deleteMany({ tenant })))
        .deletedCount;
    }
    const held = (await removing(() => opened.held.deleteMany({ tenant }))).deletedCount;
    const effects = (await removing(() => opened.effects.deleteMany({ tenant }))).deletedCount;
    const firsts = (await removing(() => opened.firsts.deleteMany({ tenant }))).deletedCount;
    await removing(() => opened.snapshots.deleteMany({ tenant }));
    await removing(() => opened.snapshotPieces.deleteMany({ tenant }));
    await removing(() => opened.parked.deleteMany({ tenant }));
    await removing(() => opened.readings.deleteMany({ tenant }));
    return { documents, held, effects, firsts };
  } catch (error) {
    throw faultOf('forgetting a tenant', error);
  }
};
