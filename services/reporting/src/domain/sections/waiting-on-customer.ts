import { caseAt } from '../journals/case-at.js';
import type { CaseJournal, Journals } from '../journals/index.js';
import type { ReportWaitingItem } from '../report/data.js';
import { stateAt } from '../journals/action-at.js';
import { excerpt, type SectionContext } from './context.js';

const itemOf = (to: number, fields: Omit<ReportWaitingItem, 'ageMs'>): ReportWaitingItem => ({
  ...fields,
  text: excerpt(fields.text, 160),
  ageMs: to - fields.since,
});

const openActions = ({ actions }: Journals, { to, numberOf, isOpen }: SectionContext): ReportWaitingItem[] =>
  actions.flatMap((doc) => {
    const state = stateAt(doc, to);
    const isAsked = state === 'AWAITING_APPROVAL';
    if (!(isAsked || (state === 'GUIDED' && isOpen(doc.caseId)))) return [];
    const since = (isAsked ? doc.approvalRequested?.at : doc.guidedAt) ?? to;
    return [
      itemOf(to, {
        kind: isAsked ? 'APPROVAL' : 'GUIDANCE',
        id: doc.actionId,
        caseNumber: numberOf(doc.caseId),
        text: doc.approvalRequested?.question ?? doc.reason,
        actionClass: doc.actionClass,
        target: doc.target?.id ?? null,
        since,
      }),
    ];
  });

/** Questions of the provider that nobody of the customer's has answered since. */
const openQuestions = (doc: CaseJournal, { to, numberOf }: SectionContext): ReportWaitingItem[] => {
  const messages = doc.messages.filter(({ at }) => at < to);
  const lastAnswer = Math.max(
    Number.NEGATIVE_INFINITY,
    ...messages.filter(({ by }) => by.side === 'CUSTOMER').map(({ at }) => at),
  );
  return messages
    .filter(({ kind, by, at }) => kind === 'QUESTION' && by.side === 'PROVIDER' && at > lastAnswer)
    .map(({ messageId, text, at }) =>
      itemOf(to, {
        kind: 'QUESTION',
        id: messageId,
        caseNumber: numberOf(doc.caseId),
        text,
        actionClass: null,
        target: null,
        since: at,
      }),
    );
};

const caseItems = (doc: CaseJournal, context: SectionContext): ReportWaitingItem[] => {
  const { to, numberOf } = context;
  const now = caseAt(doc, to);
  if (!now.isOpen) return [];
  const questions = openQuestions(doc, context);
  const isOnHold = now.onHoldReason === 'AWAITING_CUSTOMER' && questions.length === 0;
  const since = doc.statuses.findLast(({ at }) => at < to)?.at ?? doc.openedAt;
  const holds = isOnHold
    ? [
        itemOf(to, {
          kind: 'ON_HOLD',
          id: doc.caseId,
          caseNumber: numberOf(doc.caseId),
          text: doc.title,
          actionClass: null,
          target: null,
          since,
        }),
      ]
    : [];
  return [...questions, ...holds];
};

const openAdvice = (doc: CaseJournal, { to, numberOf }: SectionContext): ReportWaitingItem[] =>
  doc.recommendations
    .filter(({ at, completedAt }) => at < to && (completedAt === null || completedAt >= to))
    .map(({ recommendationId, text, at }) =>
      itemOf(to, {
        kind: 'RECOMMENDATION',
        id: recommendationId,
        caseNumber: numberOf(doc.caseId),
        text,
        actionClass: null,
        target: null,
        since: at,
      }),
    );

const order = ['APPROVAL', 'QUESTION', 'GUIDANCE', 'ON_HOLD', 'RECOMMENDATION'];

/** What waits for the customer at the end of the period: the pressing first, then the oldest. */
export const waitingItems = (journals: Journals, context: SectionContext): ReportWaitingItem[] =>
  [
    ...openActions(journals, context),
    ...journals.cases.flatMap((doc) => [...caseItems(doc, context), ...openAdvice(doc, context)]),
  ].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.since - b.since || (a.id < b.id ? -1 : 1));
