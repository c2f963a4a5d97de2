import { caseAt } from '../journals/case-at.js';
import type { ActionJournal, CaseJournal, Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { measured, type MeasuredFigure } from './figure.js';
import { elapsedMs, spreadOf } from './statistics.js';

/** Case opened -> the instant, for cases whose instant lies in the period, and that are no part of another one. */
const sinceOpened = (cases: CaseJournal[], period: Period, instant: (doc: CaseJournal) => number | null): number[] =>
  cases.flatMap((doc) => {
    const at = instant(doc);
    return isIn(at, period) && !caseAt(doc, period.to).isMerged ? [elapsedMs(doc.openedAt, at)] : [];
  });

export interface Containment {
  caseId: string;
  number: number;
  title: string;
  detectedAt: number;
  containedAt: number;
  ms: number;
}

/**
 * Cases contained in the period, from the first detection among their findings to the verified effect; one that went
 * into another one since with the findings it had until then.
 */
export const containments = (cases: CaseJournal[], period: Period): Containment[] =>
  cases
    .flatMap((doc) => {
      const { title, containedAt, findings } = caseAt(doc, Math.min(period.to, doc.merged?.at ?? period.to));
      if (!isIn(containedAt, period) || findings.length === 0) return [];
      const detectedAt = Math.min(...findings.map((finding) => finding.detectedAt));
      return [
        {
          caseId: doc.caseId,
          number: doc.number,
          title,
          detectedAt,
          containedAt,
          ms: elapsedMs(detectedAt, containedAt),
        },
      ];
    })
    .sort((a, b) => a.containedAt - b.containedAt || (a.caseId < b.caseId ? -1 : 1));

/** When the customer decided on an action, whichever way. */
const customerDecidedAt = ({ approved, denied }: ActionJournal): number | null =>
  approved?.by.side === 'CUSTOMER' ? approved.at : (denied?.at ?? null);

const approvals = (actions: ActionJournal[], period: Period): number[] =>
  actions.flatMap((doc) => {
    const at = customerDecidedAt(doc);
    return doc.approvalRequested && isIn(at, period) ? [elapsedMs(doc.approvalRequested.at, at)] : [];
  });

/** How fast cases were taken note of, told, and contained; and how fast the customer decided when asked. */
export const respondFigures = ({ cases, actions }: Journals, period: Period): MeasuredFigure[] => [
  measured(
    'time-to-acknowledge',
    'ms',
    spreadOf(sinceOpened(cases, period, (doc) => caseAt(doc, period.to).acknowledgedAt)),
    ['case.opened', 'case.acknowledged'],
    ['at', 'at'],
  ),
  measured(
    'time-to-notify',
    'ms',
    spreadOf(sinceOpened(cases, period, (doc) => caseAt(doc, period.to).notifiedAt)),
    ['case.opened', 'case.customer-notified'],
    ['at', 'at'],
  ),
  measured(
    'time-to-contain',
    'ms',
    spreadOf(containments(cases, period).map(({ ms }) => ms)),
    ['case.opened', 'case.findings-added', 'case.contained'],
    ['findings.detectedAt', 'occurredAt'],
  ),
  measured(
    'time-to-approve',
    'ms',
    spreadOf(approvals(actions, period)),
    ['action.approval-requested', 'action.approved', 'action.denied'],
    ['at', 'at', 'by.side'],
  ),
];
