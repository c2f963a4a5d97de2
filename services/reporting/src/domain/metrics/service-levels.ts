import type { CaseClock, ClockKind } from '#contracts';
import { caseAt, resolutionsUntil, type CaseAt } from '../journals/case-at.js';
import { isContainedAt } from '../journals/containment.js';
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

/** A clock as it stood last, and until when it was one of the case's: it may have been started anew since. */
interface CountedClock extends CaseClock {
  replacedAt: number;
}

/** Every clock of a case until an instant, also those that others took the place of. */
const clocksOf = ({ clocks: all }: CaseJournal, to: number): CountedClock[] => {
  const steps = all.filter(({ at }) => at < to);
  const found = new Map<string, CountedClock>();
  steps.forEach(({ clocks }, index) => {
    const replacedAt = steps[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    for (const clock of clocks) found.set(`${clock.kind} ${clock.startedAt}`, { ...clock, replacedAt });
  });
  return [...found.values()];
};

const reachedAt = (clock: CountedClock, doc: CaseJournal, now: CaseAt, to: number): number | null => {
  switch (clock.kind) {
    case 'ACKNOWLEDGE':
      return now.acknowledgedAt;
    case 'NOTIFY':
      return now.notifiedAt;
    case 'CONTAIN':
      return now.containedAt;
    case 'RESOLVE':
      return resolutionsUntil(doc, to).find((at) => at >= clock.startedAt) ?? null;
  }
};

/** By what it took over from a case that went into it: counted there, and no miss here. */
const isContainedByMerge = (doc: CaseJournal, dueAt: number): boolean =>
  (doc.takenOver ?? []).some(({ takenAt }) => takenAt <= dueAt && isContainedAt(doc, [], takenAt + 1));

/**
 * An unmet clock does not run while the case waits for others, and ends with the case, be it by a merge, or with the
 * clock that takes its place: one that was missed before stays missed. One that stands as stopped was met by nothing
 * that we know of, and not missed.
 */
const stoppedBefore = (clock: CountedClock, doc: CaseJournal, now: CaseAt): boolean => {
  const { kind, dueAt, pausedAt, stoppedAt, replacedAt } = clock;
  const ends = [now.isMerged ? doc.merged?.at : null, pausedAt, stoppedAt, replacedAt, now.resolvedAt];
  return (
    ends.some((at) => typeof at === 'number' && at <= dueAt) || (kind === 'CONTAIN' && isContainedByMerge(doc, dueAt))
  );
};

const resultOf = (clock: CountedClock, doc: CaseJournal, now: CaseAt, period: Period): ClockResult[] => {
  const reached = reachedAt(clock, doc, now, period.to);
  const metAt = reached !== null && reached <= clock.replacedAt ? reached : null;
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
      return clocksOf(doc, period.to).flatMap((clock) => resultOf(clock, doc, now, period));
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
