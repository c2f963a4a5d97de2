import { isDeepStrictEqual } from 'node:util';
import type { Typed } from '#libs/model';
import { applyTo } from './apply.js';
import type { MongoCollection, OpenDatabase, ViewDocument } from './collections.js';
import { faultOf } from './errors.js';
import { declareView } from './view-indexes.js';
import type { DocumentDifference, StoredView, ViewRebuild } from './port.js';

const BATCH = 1_000;
const MOST_DIFFERENCES = 1_000;

/** The new one beside the live one. */
const freshName = ({ name }: Pick<StoredView, 'name'>): string => `${name}__rebuild`;

/** A document as somebody reads it: none when it is gone. */
const shown = (document: ViewDocument | undefined): { doc: unknown } | undefined =>
  document && !document.gone ? { doc: document.doc } : undefined;

const compare = (live: ViewDocument | undefined, rebuilt: ViewDocument | undefined): DocumentDifference | undefined => {
  const [here, there, one] = [shown(live), shown(rebuilt), rebuilt ?? live];
  if (one === undefined || isDeepStrictEqual(here, there)) return undefined;
  const kind = !here ? 'MISSING' : there ? 'DIFFERENT' : 'EXTRA';
  const lag = !isDeepStrictEqual(live?.seen ?? {}, rebuilt?.seen ?? {});
  return { tenant: one.tenant, key: one.key, kind, live: here?.doc, rebuilt: there?.doc, lag };
};

/** What is to be said of the documents of `from` and their twins in `other`. */
const walk = async (
  from: MongoCollection<ViewDocument>,
  other: MongoCollection<ViewDocument>,
  judge: (one: ViewDocument, twin: ViewDocument | undefined) => DocumentDifference | undefined,
): Promise<DocumentDifference[]> => {
  const differences: DocumentDifference[] = [];
  let page: ViewDocument[] = [];
  const judgePage = async (): Promise<void> => {
    const twins = await other.find({ _id: { $in: page.map(({ _id }) => _id) } }).toArray();
    const byId = new Map(twins.map((twin) => [twin._id, twin]));
    differences.push(...page.flatMap((one) => judge(one, byId.get(one._id)) ?? []));
    page = [];
  };
  for await (const one of from.find({})) {
    page.push(one);
    if (page.length === BATCH) await judgePage();
    if (differences.length >= MOST_DIFFERENCES) break;
  }
  await judgePage();
  return differences.slice(0, MOST_DIFFERENCES);
};

const ended = async <Doc, F extends Typed>(
  opened: OpenDatabase,
  view: StoredView<Doc, F>,
  check: boolean,
): Promise<DocumentDifference[]> => {
  const name = freshName(view);
  const [live, fresh] = [opened.viewOf(view.name), opened.viewOf(name)];
  const differences = [
    ...(await walk(fresh, live, (rebuilt, twin) => compare(twin, rebuilt))),
    ...(await walk(live, fresh, (one, twin) => (twin === undefined ? compare(one, undefined) : undefined))),
  ];
  if (check) {
    await fresh.drop();
    return differences;
  }
  await declareView(opened, view, name);
  await fresh.rename(live.collectionName, { dropTarget: true });
  return differences;
};

/** See Store.rebuildView. The caller keeps live facts away while a new view is put in place. */
export const rebuild = async <Doc, F extends Typed>(
  opened: OpenDatabase,
  view: StoredView<Doc, F>,
  { check }: { check: boolean },
): Promise<ViewRebuild> => {
  const orFault = (error: unknown): never => {
    throw faultOf(`rebuilding view ${view.name}`, error);
  };
  const begin = async (): Promise<void> => {
    await opened.viewOf(freshName(view)).deleteMany({});
    // What cannot be shown is told anew.
    if (!check)
      await opened.parked.deleteMany({ kind: 'DOCUMENT', id: { $gte: `${view.name}/`, $lt: `${view.name}0` } });
  };
  await begin().catch(orFault);
  return {
    take: async (facts) => {
      for (let at = 0; at < facts.length; at += BATCH)
        await applyTo(opened, view, facts.slice(at, at + BATCH), freshName(view)).catch(orFault);
    },
    end: () => ended(opened, view, check).catch(orFault),
  };
};
