import { WAITING_KINDS, waitingOfAction, waitingOfCase } from '#libs/terms';
import { stateAt } from '../journals/action-at.js';
import { caseAt } from '../journals/case-at.js';
import type { CaseJournal, Journals } from '../journals/index.js';
import type { ReportWaitingItem } from '../report/data.js';
import { excerpt, type SectionContext } from './context.js';

const itemOf = (to: number, fields: Omit<ReportWaitingItem, 'ageMs'>): ReportWaitingItem => ({
  ...fields,
  text: excerpt(fields.text, 160),
  ageMs: to - fields.since,
});

const ofActions = ({ actions }: Journals, { to, numberOf, caseOf }: SectionContext): ReportWaitingItem[] =>
  actions.flatMap((doc) => {
    const state = stateAt(doc, to);
    const kind = state && waitingOfAction(state, caseOf(doc.caseId));
    if (!kind) return [];
    const since = (kind === 'APPROVAL' ? doc.approvalRequested?.at : doc.guidedAt) ?? to;
    return [
      itemOf(to, {
        kind,
        id: doc.actionId,
        caseNumber: numberOf(doc.caseId),
        text: doc.approvalRequested?.question ?? doc.reason,
        actionClass: doc.actionClass,
        target: doc.target?.id ?? null,
        since,
      }),
    ];
  });

/** What of a case waited at the end of the period, its actions apart. */
const ofCase = (doc: CaseJournal, { to, numberOf }: SectionContext): ReportWaitingItem[] => {
  const { questions, recommendations, isHeld } = waitingOfCase({
    ...caseAt(doc, to),
    messages: doc.messages
      .filter(({ at }) => at < to)
      .map((one) => ({ ...one, id: one.messageId, withdrawn: (one.withdrawnAt ?? to) < to })),
    recommendations: doc.recommendations
      .filter(({ at }) => at < to)
      .map((one) => ({ ...one, done: one.completedAt !== null && one.completedAt < to })),
  });
  const item = (kind: ReportWaitingItem['kind'], id: string, text: string, since: number): ReportWaitingItem =>
    itemOf(to, { kind, id, caseNumber: numberOf(doc.caseId), text, actionClass: null, target: null, since });
  const heldSince = doc.statuses.findLast(({ at }) => at < to)?.at ?? doc.openedAt;
  return [
    ...questions.map(({ id, text, at }) => item('QUESTION', id, text, at)),
    ...(isHeld ? [item('ON_HOLD', doc.caseId, caseAt(doc, to).title, heldSince)] : []),
    ...recommendations.map(({ recommendationId, text, at }) => item('RECOMMENDATION', recommendationId, text, at)),
  ];
};

/** What waits for the customer at the end of the period: the pressing first, then the oldest. */
export const waitingItems = (journals: Journals, context: SectionContext): ReportWaitingItem[] =>
  [...ofActions(journals, context), ...journals.cases.flatMap((doc) => ofCase(doc, context))].sort(
    (a, b) =>
      WAITING_KINDS.indexOf(a.kind) - WAITING_KINDS.indexOf(b.kind) || a.since - b.since || (a.id < b.id ? -1 : 1),
  );
