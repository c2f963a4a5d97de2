import { survivorOf } from '#libs/terms';
import { groupsBy } from '../grouped-by.js';
import type { ActionJournal, CaseJournal, Journals } from './index.js';

const casesById = (cases: readonly CaseJournal[]): ReadonlyMap<string, CaseJournal> =>
  new Map(cases.map((doc) => [doc.caseId, doc]));

/** The case that a case's work went on in at an instant. */
const survivorUntil = (byId: ReadonlyMap<string, CaseJournal>, caseId: string, at: number): string =>
  survivorOf(caseId, (id) => {
    const merged = byId.get(id)?.merged;
    return merged && merged.at < at ? merged.intoCaseId : null;
  });

/** The same for each of a tenant's cases; one that is not known is its own. */
export const survivorsAt = (cases: readonly CaseJournal[], at: number): ((caseId: string) => string) => {
  const byId = casesById(cases);
  return (caseId) => survivorUntil(byId, caseId, at);
};

/** When the last of the merges happened by which a case's work came to where it went on at an instant. */
const takenAtOf = (byId: ReadonlyMap<string, CaseJournal>, caseId: string, survivor: string): number => {
  let at = 0;
  for (let id = caseId; id !== survivor; ) {
    const { merged } = byId.get(id)!;
    at = Math.max(at, merged!.at);
    id = merged!.intoCaseId;
  }
  return at;
};

const inTime = <One extends { at: number }>(lists: One[][]): One[] => lists.flat().sort((a, b) => a.at - b.at);

type Contained = CaseJournal['contained'][number];

/** Of a case: what contained it itself, and what it took over from those that went into it. */
const containmentsOf = (
  docs: readonly CaseJournal[],
  byId: ReadonlyMap<string, CaseJournal>,
  into: ReadonlyMap<string, string>,
  at: number,
): ((caseId: string) => Pick<CaseJournal, 'contained' | 'takenOver'>) => {
  const all = docs.flatMap(({ caseId, contained }) =>
    contained.map((one) => {
      const home = survivorUntil(byId, caseId, Math.min(one.occurredAt, at));
      const heir = into.get(caseId) ?? caseId;
      return { home, heir, one, takenAt: home === heir ? 0 : takenAtOf(byId, home, heir) };
    }),
  );
  const [atHome, taken] = [
    groupsBy(all, ({ home }) => home),
    groupsBy(
      all.filter(({ home, heir }) => heir !== home),
      ({ heir }) => heir,
    ),
  ];
  return (caseId) => ({
    contained: inTime<Contained>([(atHome.get(caseId) ?? []).map(({ one }) => one)]),
    takenOver: inTime([(taken.get(caseId) ?? []).map(({ one, takenAt }) => ({ ...one, takenAt }))]),
  });
};

/**
 * Journals in which what was done about a case that was merged is done about the one that its work goes on in: what
 * holds of it contains that one. What contained a case is counted once, of the case whose work it was when it was seen:
 * a merge meets no service level and shortens no time.
 * @param at epoch ms; a merge at that very instant has not happened yet.
 */
export const afterMerges = <Of extends Pick<Journals, 'cases' | 'actions'>>(journals: Of, at: number): Of => {
  const byId = casesById(journals.cases);
  const into = new Map(journals.cases.map(({ caseId }) => [caseId, survivorUntil(byId, caseId, at)]));
  const gone = journals.cases.filter(({ caseId }) => into.get(caseId) !== caseId);
  if (gone.length === 0) return journals;
  const containedOf = containmentsOf(journals.cases, byId, into, at);
  const goneInto = groupsBy(gone, ({ caseId }) => into.get(caseId) ?? caseId);
  const cases = journals.cases.map((doc): CaseJournal => {
    if (into.get(doc.caseId) !== doc.caseId) return { ...doc, ...containedOf(doc.caseId) };
    const others = goneInto.get(doc.caseId);
    if (!others) return doc;
    const actions = inTime([doc, ...others].map((one) => one.actions));
    return { ...doc, ...containedOf(doc.caseId), actions };
  });
  const actions = journals.actions.map(
    (doc): ActionJournal => ({ ...doc, caseId: into.get(doc.caseId) ?? doc.caseId }),
  );
  return { ...journals, cases, actions };
};
