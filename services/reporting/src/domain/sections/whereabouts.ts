import { openedIn } from '../journals/case-at.js';
import type { CaseJournal, Journals } from '../journals/index.js';
import { isIn } from '../report/period.js';
import type { ReportData } from '../report/data.js';
import type { SectionContext } from './context.js';

const idsOf = (cases: CaseJournal[]): Set<string> => new Set(cases.map(({ caseId }) => caseId));

/** The findings and cases of a period, divided so that numbers that look alike on two pages can be added up. */
export const whereaboutsOf = (
  { cases, findings }: Journals,
  { period }: SectionContext,
  told: ReportData['cases'],
): Pick<ReportData, 'findingsIn' | 'casesTold'> => {
  const opened = idsOf(openedIn(cases, period));
  const raised = findings.filter((doc) => isIn(doc.raised?.detectedAt, period));
  const placed = raised.flatMap(({ places }) => places.findLast(({ at }) => at < period.to)?.caseId ?? []);
  const inOpened = placed.filter((caseId) => opened.has(caseId)).length;
  const toldOpened = told.filter(({ caseId }) => opened.has(caseId)).length;
  return {
    findingsIn: { opened: inOpened, earlier: placed.length - inOpened, none: raised.length - placed.length },
    casesTold: { opened: toldOpened, earlier: told.length - toldOpened },
  };
};
