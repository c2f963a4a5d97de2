import type { CaseClock, ClockKind } from '#contracts';
import { caseAt, type CaseAt } from '../journals/case-at.js';
import type { CaseJournal, Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { measured, type FigureId, type MeasuredFigure } from './figure.js';
import { shareOf } from './statistics.js';

export interface ClockResult {
  caseId: string;
  number: number;
  kind: ClockKind;
  targetMinutes: number;
  businessHours: boolean;
  dueAt: number;
  /** Null while it has not been met. */
  metAt: number | null;
  attained: boolean;
}

export const clockKinds: ClockKind[] = ['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'];

/** Nothing is resolved by becoming part of another case, at the very instant of which it is closed. */
const isEndedByMerge = ({ merged }: CaseJournal, { isMerged, resolvedAt }: CaseAt): boolean =>
  isMerged && merged !== null && resolvedAt !== null && resolvedAt >= merged.at;

const metAtOf = (kind: ClockKind, doc: CaseJournal, now: CaseAt): number | null => {
  switch (kind) {
    case 'ACKNOWLEDGE':
      return now.acknowledgedAt;
    case 'NOTIFY':
      return now.notifiedAt;
    case 'CONTAIN':
      return now.containedAt;
    case 'RESOLVE':
      return isEndedByMerge(doc, now) ? null : now.resolvedAt;
  }
};

/**
 * An unmet clock does not run while the case waits for others, and ends with the case, be it by a merge: one that was
 * missed before stays missed.
 */
const stoppedBefore = ({ dueAt, pausedAt }: CaseClock, { merged }: CaseJournal, now: CaseAt): boolean =>
  (now.isMerged && merged !== null && merged.at <= dueAt) ||
  (typeof pausedAt === 'number' && pausedAt <= dueAt) ||
  (now.resolvedAt !== null && now.resolvedAt <= dueAt);

const resultOf = (clock: CaseClock, doc: CaseJournal, now: CaseAt, period: Period): ClockResult[] => {
  const metAt = metAtOf(clock.kind, doc, now);
  if (metAt === null && stoppedBefore(clock, doc, now)) return [];
  // A clock is decided when it is met or when it is missed, whichever comes first, and counts in that period.
  const decidedAt = Math.min(metAt ?? Number.POSITIVE_INFINITY, clock.dueAt + 1);
  if (!isIn(decidedAt, period)) return [];
  const { caseId, number } = doc;
  const { kind, minutes: targetMinutes, businessHours, dueAt } = clock;
  return [
    { caseId, number, kind, targetMinutes, businessHours, dueAt, metAt, attained: metAt !== null && metAt <= dueAt },
  ];
};

/** Every clock that was decided in the period: met in time, or not. */
export const clockResults = (cases: CaseJournal[], period: Period): ClockResult[] =>
  cases
    .flatMap((doc) => {
      const now = caseAt(doc, period.to);
      return now.clocks.flatMap((clock) => resultOf(clock, doc, now, period));
    })
    .sort((a, b) => a.dueAt - b.dueAt || a.number - b.number || (a.kind < b.kind ? -1 : 1));

const idOfKind: Record<ClockKind, FigureId> = {
  ACKNOWLEDGE: 'sla-acknowledge',
  NOTIFY: 'sla-notify',
  CONTAIN: 'sla-contain',
  RESOLVE: 'sla-resolve',
};

/** Share of service levels that were attained, by kind. */
export const serviceLevelFigures = ({ cases }: Journals, period: Period): MeasuredFigure[] => {
  const results = clockResults(cases, period);
  return clockKinds.map((kind) => {
    const own = results.filter((one) => one.kind === kind);
    const value = shareOf(own.filter(({ attained }) => attained).length, own.length);
    return measured(
      idOfKind[kind],
      'share',
      value,
      [
        'case.opened',
        'case.status-changed',
        'case.acknowledged',
        'case.customer-notified',
        'case.contained',
        'case.closed',
        'case.merged',
      ],
      ['clocks.kind', 'clocks.dueAt', 'at', 'occurredAt'],
    );
  });
};
