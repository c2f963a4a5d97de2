import { WAITING_KINDS, waitingOfAction, waitingOfCase } from '#libs/terms';
import { adviceAt } from '../journals/advice-at.js';
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

const idsOf = (fact: string | undefined): string[] => (fact === undefined ? [] : [fact]);

/** Of the case that the work goes on in, as is the judgement that nothing more is to be done: no page has another. */
const ofActions = ({ actions }: Journals, { to, numberOf, caseOf, survivorOf }: SectionContext): ReportWaitingItem[] =>
  actions.flatMap((doc) => {
    const state = stateAt(doc, to);
    const caseId = survivorOf(doc.caseId);
    const kind = state && waitingOfAction(state, caseOf(caseId));
    if (!kind) return [];
    const since = (kind === 'APPROVAL' ? doc.approvalRequested?.at : doc.guidedAt) ?? to;
    return [
      itemOf(to, {
        kind,
        id: doc.actionId,
        caseId,
        caseNumber: numberOf(caseId),
        text: doc.approvalRequested?.question ?? doc.reason,
        actionClass: doc.actionClass,
        target: doc.target?.id ?? null,
        onHoldReason: null,
        since,
        facts: idsOf(kind === 'APPROVAL' ? doc.approvalRequested?.fact : doc.guidedFact),
      }),
    ];
  });

/** What of a case waited at the end of the period, its actions apart. */
const ofCase = (doc: CaseJournal, { to, numberOf }: SectionContext): ReportWaitingItem[] => {
  const now = caseAt(doc, to);
  const { questions, isHeld } = waitingOfCase({
    ...now,
    messages: doc.messages
      .filter(({ at }) => at < to)
      .map((one) => ({ ...one, id: one.messageId, withdrawn: (one.withdrawnAt ?? to) < to })),
    recommendations: [],
  });
  const item = (
    kind: ReportWaitingItem['kind'],
    id: string,
    text: string,
    { at, fact }: { at: number; fact?: string },
  ): ReportWaitingItem =>
    itemOf(to, {
      kind,
      id,
      caseId: doc.caseId,
      caseNumber: numberOf(doc.caseId),
      text,
      actionClass: null,
      target: null,
      onHoldReason: kind === 'ON_HOLD' ? now.onHoldReason : null,
      since: at,
      facts: idsOf(fact),
    });
  const held = doc.statuses.findLast(({ at }) => at < to) ?? { at: doc.openedAt };
  return [
    ...questions.map((one) => item('QUESTION', one.id, one.text, one)),
    ...(isHeld ? [item('ON_HOLD', doc.caseId, '', held)] : []),
  ];
};

/** Advice waits until it is followed, accepted or withdrawn, whatever became of its case. */
const ofAdvice = (journals: Journals, { to, numberOf, survivorOf }: SectionContext): ReportWaitingItem[] =>
  adviceAt(journals, to)
    .filter(({ state }) => state === 'OPEN')
    .map(({ caseId: given, ...rest }) => ({ ...rest, caseId: given && survivorOf(given) }))
    .map(({ recommendationId: id, caseId, text, at: since, fact }) =>
      itemOf(to, {
        kind: 'RECOMMENDATION',
        id,
        caseId,
        caseNumber: caseId ? numberOf(caseId) : '',
        text,
        actionClass: null,
        target: null,
        onHoldReason: null,
        since,
        facts: idsOf(fact),
      }),
    );

/** What waits for the customer at the end of the period: the pressing first, then the oldest. */
export const waitingItems = (journals: Journals, context: SectionContext): ReportWaitingItem[] =>
  [
    ...ofActions(journals, context),
    ...journals.cases.flatMap((doc) => ofCase(doc, context)),
    ...ofAdvice(journals, context),
  ].sort(
    (a, b) =>
      WAITING_KINDS.indexOf(a.kind) - WAITING_KINDS.indexOf(b.kind) || a.since - b.since || (a.id < b.id ? -1 : 1),
  );
