import type { Store, ViewFilter } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import type {
  ActionJournal,
  CaseJournal,
  Journals,
  PostureJournal,
  RecommendationJournal,
} from '../domain/journals/index.js';

/** What reporting reads: the views of its own store. */
export type JournalViews = Pick<Store, 'view' | 'allOf'>;

/** Ids in one question. */
const AT_ONCE = 500;
/** Clocks of two replicas may differ. */
const MARGIN_MS = DAY_MS;

const each = async <Doc>(ids: Iterable<string>, read: (some: string[]) => Promise<{ doc: Doc }[]>): Promise<Doc[]> => {
  const [wanted, found]: [string[], Doc[]] = [[...ids], []];
  for (let at = 0; at < wanted.length; at += AT_ONCE)
    for (const { doc } of await read(wanted.slice(at, at + AT_ONCE))) found.push(doc);
  return found;
};

/** One view of one tenant. */
interface Journal<Doc> {
  all(where: ViewFilter): Promise<{ doc: Doc }[]>;
  getMany(keys: string[]): Promise<{ doc: Doc }[]>;
}

const journalOf = <Doc>(views: JournalViews, name: string, tenant: string): Journal<Doc> => ({
  all: (where) => views.allOf<Doc>(name, tenant, where),
  getMany: (keys) => views.view<Doc>(name).for(tenant).getMany(keys),
});

/** What reaches into the time since then; documents of before do not say how far they reach. */
const reaching = async <Doc>({ all }: Journal<Doc>, since: number): Promise<Doc[]> => {
  const [said, unsaid] = [await all({ until: { gte: since - MARGIN_MS } }), await all({ until: null })];
  return [...said, ...unsaid].map(({ doc }) => doc);
};

/** Those cases, and whichever they went into or went into them: what was done about these is told of those. */
const withKin = async (
  { all, getMany }: Journal<CaseJournal>,
  begun: readonly CaseJournal[],
  named: readonly string[],
): Promise<Map<string, CaseJournal>> => {
  const known = new Map<string, CaseJournal>();
  const take = (docs: readonly CaseJournal[]): CaseJournal[] => {
    const news = docs.filter(({ caseId }) => !known.has(caseId));
    for (const doc of news) known.set(doc.caseId, doc);
    return news;
  };
  const unknown = (ids: readonly string[]): Promise<CaseJournal[]> =>
    each(
      [...new Set(ids)].filter((id) => id !== '' && !known.has(id)),
      getMany,
    );
  const first = take(begun);
  let news = [...first, ...take(await unknown(named))];
  while (news.length > 0) {
    const heirs = await unknown(news.flatMap(({ merged }) => merged?.intoCaseId ?? []));
    const gone = await each(
      news.map(({ caseId }) => caseId),
      (some) => all({ 'merged.intoCaseId': { in: some } }),
    );
    news = take([...heirs, ...gone]);
  }
  return known;
};

const byKey = <Doc>(docs: ReadonlyMap<string, Doc>): Doc[] =>
  [...docs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, doc]) => doc);

/** Whether there was ever any tells "none in this period" from "no data". */
const anyOf = async (views: JournalViews, tenant: string): Promise<ActionJournal[]> =>
  (await views.view<ActionJournal>('action-journal').for(tenant).find({ limit: 1 })).items.map(({ doc }) => doc);

/**
 * Cases, what was done about them, advice and posture, as far as they reach into the time since then: what was closed
 * before moves nothing that is told of it.
 * @param since epoch ms.
 * @param places cases that findings of the period lie in, however old.
 */
export const readCasework = async (
  views: JournalViews,
  tenant: string,
  { since, places }: { since: number; places: readonly string[] },
): Promise<Pick<Journals, 'cases' | 'actions' | 'postures' | 'recommendations'>> => {
  const of = <Doc>(name: string): Journal<Doc> => journalOf(views, name, tenant);
  const [inCases, inActions] = [of<CaseJournal>('case-journal'), of<ActionJournal>('action-journal')];
  const [begun, acting, postures, recommendations] = await Promise.all([
    reaching(inCases, since),
    reaching(inActions, since),
    reaching(of<PostureJournal>('posture-journal'), since),
    reaching(of<RecommendationJournal>('recommendation-journal'), since),
  ]);
  const named = [...acting, ...recommendations].map(({ caseId }) => caseId);
  const cases = await withKin(inCases, begun, [...places, ...named]);
  const done = await each(cases.keys(), (some) => inActions.all({ caseId: { in: some } }));
  const found = [...acting, ...done];
  const actions = found.length > 0 ? found : await anyOf(views, tenant);
  return {
    cases: byKey(cases),
    actions: byKey(new Map(actions.map((doc) => [doc.actionId, doc]))),
    postures: byKey(new Map(postures.map((doc) => [doc.postureId, doc]))),
    recommendations: byKey(new Map(recommendations.map((doc) => [doc.recommendationId, doc]))),
  };
};
