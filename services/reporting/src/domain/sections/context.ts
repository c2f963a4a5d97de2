import type { TenantState } from '#contracts';
import { actionsOfCases } from '../journals/actions-of-cases.js';
import { survivorsAt } from '../journals/after-merges.js';
import { caseAt, type CaseAt } from '../journals/case-at.js';
import { isHandedOverAt } from '../journals/handed-over.js';
import { isContainedAt } from '../journals/containment.js';
import type { ActionJournal, Journals } from '../journals/index.js';
import type { Period } from '../report/period.js';

/** What every section knows besides the journals. */
export interface SectionContext {
  period: Period;
  before: Period;
  to: number;
  settings: TenantState;
  /** Human number of a case, such as ACME-1042; the id's beginning when the case is not known. */
  numberOf(caseId: string): string;
  /** The case at the end of the period, if it is known. */
  caseOf(caseId: string): CaseAt | undefined;
  /** The case that a case's work goes on in at the end of the period: itself unless it was merged. */
  survivorOf(caseId: string): string;
  /** What was done about a case, as each action's own journal tells it. */
  actionsOf(caseId: string): readonly ActionJournal[];
  /** Whether an effect that contains the case holds at the end of the period. */
  isContained(caseId: string): boolean;
  /** Whether the customer said by then that it did what was left to contain it. */
  isHandedOver(caseId: string): boolean;
}

export const sectionContextOf = (
  journals: Journals,
  period: Period,
  before: Period,
  settings: TenantState,
): SectionContext => {
  const byId = new Map(journals.cases.map((doc) => [doc.caseId, doc]));
  const actionsOf = actionsOfCases(journals.actions);
  return {
    period,
    before,
    to: period.to,
    settings,
    numberOf: (caseId) => {
      const doc = byId.get(caseId);
      return doc ? `${settings.prefix}-${doc.number}` : caseId.slice(0, 8);
    },
    caseOf: (caseId) => {
      const doc = byId.get(caseId);
      return doc && caseAt(doc, period.to);
    },
    survivorOf: survivorsAt(journals.cases, period.to),
    actionsOf,
    isContained: (caseId) => {
      const doc = byId.get(caseId);
      return doc !== undefined && isContainedAt(doc, actionsOf(caseId), period.to);
    },
    isHandedOver: (caseId) => {
      const doc = byId.get(caseId);
      return doc !== undefined && isHandedOverAt(caseAt(doc, period.to), actionsOf(caseId), period.to);
    },
  };
};

const LONGEST = 280;

/** Free text, short enough for a page. */
export const excerpt = (text: string, longest = LONGEST): string => {
  const clean = text.replace(/\s+/g, ' ').trim();
  const letters = Array.from(clean);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : clean;
};
