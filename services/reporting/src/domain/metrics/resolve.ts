import { caseAt, waitedMs, type WaitedFor } from '../journals/case-at.js';
import type { Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { measured, type FigureId, type MeasuredFigure } from './figure.js';
import { spreadOf, sumOf } from './statistics.js';

interface Resolution {
  total: number;
  waited: Record<WaitedFor, number>;
  /** Ours only, from the acknowledgement on. */
  handledMs: number;
}

/** Cases resolved in the period and still so at its end, from opening to resolution, by the side they waited for. */
export const resolutions = ({ cases }: Journals, period: Period): Resolution[] =>
  cases.flatMap((doc) => {
    const { resolvedAt, acknowledgedAt, isMerged } = caseAt(doc, period.to);
    if (isMerged || !isIn(resolvedAt, period)) return [];
    const waited = waitedMs(doc, { from: doc.openedAt, to: resolvedAt });
    const handledMs = acknowledgedAt === null ? 0 : waitedMs(doc, { from: acknowledgedAt, to: resolvedAt }).OURS;
    return [{ total: waited.OURS + waited.CUSTOMER + waited.THIRD_PARTY, waited, handledMs }];
  });

const FACTS = ['case.opened', 'case.status-changed', 'case.closed', 'case.reopened'];

/** How long cases took, split into our time, the customer's and that of third parties. */
export const resolveFigures = (journals: Journals, period: Period): MeasuredFigure[] => {
  const found = resolutions(journals, period);
  const figure = (id: FigureId, by: (one: Resolution) => number): MeasuredFigure =>
    measured(id, 'ms', spreadOf(found.map(by)), FACTS, ['at', 'to', 'onHoldReason']);
  return [
    figure('time-to-resolve', ({ total }) => total),
    figure('time-to-resolve-ours', ({ waited }) => waited.OURS),
    figure('time-to-resolve-customer', ({ waited }) => waited.CUSTOMER),
    figure('time-to-resolve-third-party', ({ waited }) => waited.THIRD_PARTY),
    measured(
      'analyst-minutes',
      'minutes',
      found.length ? Math.round(sumOf(found, ({ handledMs }) => handledMs) / 60_000) : null,
      [...FACTS, 'case.acknowledged'],
      ['at', 'to', 'onHoldReason'],
    ),
  ];
};
