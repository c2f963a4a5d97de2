import { adviceAt } from '../journals/advice-at.js';
import type { Journals } from '../journals/index.js';
import type { ReportedAdvice } from '../report/data.js';
import { excerpt, type SectionContext } from './context.js';

/** Advice given or ended in the period, or still open at its end; with the root cause that its case was closed with. */
export const adviceSection = (
  journals: Journals,
  { period, to, numberOf, caseOf }: SectionContext,
): ReportedAdvice[] => {
  const causeOf = (caseId: string): string | null => {
    const cause = caseOf(caseId)?.closing?.rootCause?.cause;
    return cause ? excerpt(cause, 160) : null;
  };
  return adviceAt(journals, to)
    .filter(({ endedAt }) => endedAt === null || endedAt >= period.from)
    .map(({ recommendationId, caseId, postureId, text, owner, dueAt, priority, at, state, endedAt, endedBy }) => ({
      recommendationId,
      caseNumber: caseId ? numberOf(caseId) : '',
      postureId,
      cause: causeOf(caseId),
      text: excerpt(text),
      owner: excerpt(owner, 60),
      dueAt,
      priority,
      at,
      state,
      endedAt,
      endedBy: endedBy?.subject ?? null,
    }))
    .sort((a, b) => a.at - b.at || (a.recommendationId < b.recommendationId ? -1 : 1));
};
