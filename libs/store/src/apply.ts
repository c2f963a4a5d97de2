import { briefReasonOf, Fault, type Heard, type Typed } from '#libs/model';
import type { MongoCollection, OpenDatabase, ViewDocument } from './collections.js';
import { faultOf, isDuplicate, isOfDocument } from './errors.js';
import { byDocument, documentId, fold, type FoldedDocument } from './fold.js';
import { park } from './parking.js';
import type { ViewChange, StoredView } from './port.js';
import { parkedFor, type TenantScope } from './scope.js';

type DocumentFacts<F extends Typed> = { tenant: TenantScope; key: string; facts: Heard<F>[] };
/** Documents a round trip. */
const CHUNK = 500;
const ROUNDS = 20;

const write = ({ tenant, key, doc, rev, seen }: FoldedDocument) => ({
  replaceOne: {
    // The guard: another writer's document does not match, and inserting beside it is refused.
    filter: { _id: documentId(tenant, key), rev },
    replacement: { tenant, key, doc: doc ?? null, gone: doc === undefined, rev: rev + 1, seen },
    upsert: true,
  },
});

type RefuseDocument = (one: FoldedDocument, reason: string) => Promise<void>;

/** One document after the other, so that the one the store never takes is found; it stays as it was. */
const writeEach = async (
  collection: MongoCollection<ViewDocument>,
  folded: readonly FoldedDocument[],
  refuse: RefuseDocument,
): Promise<boolean> => {
  let first = true;
  for (const one of folded) {
    try {
      await collection.bulkWrite([write(one)]);
    } catch (error) {
      if (isDuplicate(error)) first = false;
      else if (isOfDocument(error)) await refuse(one, briefReasonOf(error));
      else throw error;
    }
  }
  return first;
};

/** Writes documents. @returns false when another writer was there first, for at least one of them. */
const writeAll = async (
  collection: MongoCollection<ViewDocument>,
  folded: readonly FoldedDocument[],
  refuse: RefuseDocument,
): Promise<boolean> => {
  try {
    if (folded.length > 0) await collection.bulkWrite(folded.map(write), { ordered: false });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    if (isOfDocument(error)) return writeEach(collection, folded, refuse);
    throw error;
  }
};

const foldChunk = async <Doc, F extends Typed>(
  collection: MongoCollection<ViewDocument>,
  view: StoredView<Doc, F>,
  groups: readonly DocumentFacts<F>[],
): Promise<FoldedDocument[]> => {
  const ids = groups.map(({ tenant, key }) => documentId(tenant, key));
  const found = await collection.find({ _id: { $in: ids } }).toArray();
  const known = new Map(found.map((document) => [document._id, document]));
  return groups.map(({ tenant, key, facts }) => {
    const document = known.get(documentId(tenant, key));
    const doc = document === undefined || document.gone ? undefined : document.doc;
    return fold(view, { tenant, key, doc, rev: document?.rev ?? 0, seen: document?.seen ?? {}, changed: false }, facts);
  });
};

/** One chunk until it is written. A repeated attempt reads again, and drops what an unheard first attempt wrote. */
const applyChunk = async <Doc, F extends Typed>(
  opened: OpenDatabase,
  collection: MongoCollection<ViewDocument>,
  view: StoredView<Doc, F>,
  groups: readonly DocumentFacts<F>[],
): Promise<FoldedDocument[]> => {
  const changed = new Map<string, FoldedDocument>();
  const parking = ({ tenant, key }: Pick<FoldedDocument, 'tenant' | 'key'>, reason: string): Promise<void> =>
    park(opened, 'DOCUMENT', { id: `${view.name}/${documentId(tenant, key)}`, tenant, reason });
  const refuse: RefuseDocument = async (one, reason) => {
    changed.delete(documentId(one.tenant, one.key));
    await parking(one, reason);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const written = await opened.patiently(`writing view ${view.name}`, async () => {
      const folded = (await foldChunk(collection, view, groups)).filter((one) => one.changed);
      for (const one of folded) changed.set(documentId(one.tenant, one.key), one);
      return writeAll(collection, folded, refuse);
    });
    if (!written) continue;
    for (const one of changed.values()) if (one.trouble !== undefined) await parking(one, one.trouble);
    return [...changed.values()];
  }
  throw new Fault(`store: view ${view.name} is written by others all the time`);
};

/** See Store.applyView. `name` is the collection's, when it is not the live one. */
export const applyTo = async <Doc, F extends Typed>(
  opened: OpenDatabase,
  view: StoredView<Doc, F>,
  heard: readonly Heard[],
  name: string = view.name,
): Promise<ViewChange<Doc>[]> => {
  const collection = opened.viewOf(name);
  const nameless: { fact: Heard; error: unknown }[] = [];
  const groups = [...byDocument(view, heard, (fact, error) => nameless.push({ fact, error })).values()];
  const changed: ViewChange<Doc>[] = [];
  try {
    for (const {
      fact: {
        envelope: { tenant, id, type },
      },
      error,
    } of nameless) {
      await park(opened, 'DOCUMENT', {
        id: `${view.name}/${tenant}/${type}`,
        tenant: parkedFor(tenant),
        reason: `${id}: ${briefReasonOf(error)}`,
      });
    }
    for (let from = 0; from < groups.length; from += CHUNK) {
      const folded = await applyChunk(opened, collection, view, groups.slice(from, from + CHUNK));
      changed.push(...folded.map(({ tenant, key, doc }) => ({ tenant, key, doc: doc as Doc | undefined })));
    }
    return changed;
  } catch (error) {
    throw faultOf(`applying view ${view.name}`, error);
  }
};
