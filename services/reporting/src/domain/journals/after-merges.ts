import type { ActionJournal, CaseJournal, Journals } from './index.js';

/** The case that a case's work went on in at an instant, however often it was merged; itself where it was not. */
const survivorOf = (byId: ReadonlyMap<string, CaseJournal>, caseId: string, at: number): string => {
  const seen = new Set([caseId]);
  for (let id = caseId; ; ) {
    const merged = byId.get(id)?.merged;
    if (!merged || merged.at >= at || seen.has(merged.intoCaseId)) return id;
    id = merged.intoCaseId;
    seen.add(id);
  }
};

const inTime = <One extends { at: number }>(lists: One[][]): One[] => lists.flat().sort((a, b) => a.at - b.at);

/**
 * Journals in which what was done about a case that was merged is done about the one that its work goes on in: its
 * effects contain that one, and nothing is told of a case that no page names.
 * @param at epoch ms; a merge at that very instant has not happened yet.
 */
export const afterMerges = <Of extends Pick<Journals, 'cases' | 'actions'>>(journals: Of, at: number): Of => {
  const byId = new Map(journals.cases.map((doc) => [doc.caseId, doc]));
  const into = new Map(journals.cases.map(({ caseId }) => [caseId, survivorOf(byId, caseId, at)]));
  const gone = journals.cases.filter(({ caseId }) => into.get(caseId) !== caseId);
  if (gone.length === 0) return journals;
  const cases = journals.cases.map((doc): CaseJournal => {
    const others = gone.filter(({ caseId }) => into.get(caseId) === doc.caseId);
    return others.length === 0
      ? doc
      : {
          ...doc,
          contained: inTime([doc, ...others].map(({ contained }) => contained)),
          actions: inTime([doc, ...others].map(({ actions }) => actions)),
        };
  });
  const actions = journals.actions.map(
    (doc): ActionJournal => ({ ...doc, caseId: into.get(doc.caseId) ?? doc.caseId }),
  );
  return { ...journals, cases, actions };
};
