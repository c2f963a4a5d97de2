import { actionsOfCases } from '../journals/actions-of-cases.js';
import { caseAt, openedIn } from '../journals/case-at.js';
import type { ActionJournal, CaseJournal, Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { measured, type MeasuredFigure } from './figure.js';
import { shareOf } from './statistics.js';
import { receivedIn } from './telemetry.js';

const isBefore = (at: number | null | undefined, to: number): boolean => typeof at === 'number' && at < to;

/**
 * Whether the customer had to do something for the case before `to`: decide, act, or answer.
 * @param actions of this case.
 */
export const neededCustomer = (doc: CaseJournal, actions: readonly ActionJournal[], to: number): boolean =>
  doc.statuses.some(
    ({ onHoldReason, at }) => (onHoldReason === 'AWAITING_CUSTOMER' || onHoldReason === 'AWAITING_APPROVAL') && at < to,
  ) ||
  doc.messages.some(({ kind, by, at }) => kind === 'QUESTION' && by.side === 'PROVIDER' && at < to) ||
  actions.some(({ approvalRequested, guidedAt }) => isBefore(approvalRequested?.at, to) || isBefore(guidedAt, to));

const fidelityOf = ({ cases, actions }: Journals, period: Period): number | null => {
  const actionsOf = actionsOfCases(actions);
  const verdicts = cases
    .filter((doc) => isIn(caseAt(doc, period.to).resolvedAt, period))
    .filter(
      (doc) => caseAt(doc, period.to).notifiedAt !== null || neededCustomer(doc, actionsOf(doc.caseId), period.to),
    )
    .map((doc) => caseAt(doc, period.to).verdict);
  const count = (wanted: string): number => verdicts.filter((verdict) => verdict === wanted).length;
  return shareOf(count('TRUE_POSITIVE'), count('TRUE_POSITIVE') + count('FALSE_POSITIVE'));
};

/** Events : findings : cases : cases that needed the customer, and how often what reached the customer was real. */
export const reductionFigures = (journals: Journals, period: Period): MeasuredFigure[] => {
  const events = receivedIn(journals.receipts, period);
  const findings = journals.findings.filter(({ raised }) => isIn(raised?.detectedAt, period)).length;
  const opened = openedIn(journals.cases, period);
  const actionsOf = actionsOfCases(journals.actions);
  const needing = opened.filter((doc) => neededCustomer(doc, actionsOf(doc.caseId), period.to)).length;
  // A quiet week with telemetry has 0 findings; a week without any data has none to tell.
  const observed = events !== null || findings > 0 || opened.length > 0;
  const counted = (count: number): number | null => (observed ? count : null);
  return [
    measured(
      'events',
      'count',
      events?.accepted ?? null,
      ['telemetry.received'],
      ['accepted', 'topic', 'partition', 'fromOffset', 'toOffset'],
    ),
    measured('findings', 'count', counted(findings), ['finding.raised'], ['findingId', 'detectedAt']),
    measured('cases', 'count', counted(opened.length), ['case.opened', 'case.merged'], ['caseId', 'at']),
    measured(
      'cases-needing-customer',
      'count',
      counted(needing),
      ['case.status-changed', 'case.message-posted', 'action.approval-requested', 'action.guided'],
      ['onHoldReason', 'kind', 'by.side', 'caseId', 'at'],
    ),
    measured(
      'fidelity',
      'share',
      fidelityOf(journals, period),
      ['case.verdict-set', 'case.closed', 'case.customer-notified', 'action.approval-requested', 'action.guided'],
      ['verdict', 'at'],
    ),
  ];
};
