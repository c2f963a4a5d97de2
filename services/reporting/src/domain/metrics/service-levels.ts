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

/** The first of the life of the case that a clock is of; what came before its case was reopened is no answer. */
const firstOf = (all: readonly number[], { startedAt }: CaseClock, { reopenedAt }: CaseJournal, to: number) => {
  const since = Math.max(0, ...reopenedAt.filter((at) => at <= startedAt));
  const found = all.filter((at) => at >= since && at < to);
  return found.length > 0 ? Math.min(...found) : null;
};

/** Once CONTAIN went on after it was reached, it is reached as it stops again, and not by what held before. */
const containedAtOf = (clock: CountedClock, doc: CaseJournal, to: number): number | null => {
  const stoppedAt = clock.stoppedAt ?? null;
  const wentOn = doc.clocks.some(
    ({ at, clocks }) =>
      at < to &&
      clocks.some(
        (one) =>
          one.kind === clock.kind &&
          one.startedAt === clock.startedAt &&
          typeof one.stoppedAt === 'number' &&
          one.stoppedAt !== stoppedAt,
      ),
  );
  const contained = doc.contained.map(({ occurredAt }) => occurredAt);
  return wentOn ? stoppedAt : firstOf(contained, clock, doc, to);
};

const reachedAt = (clock: CountedClock, doc: CaseJournal, to: number): number | null => {
  switch (clock.kind) {
    case 'ACKNOWLEDGE':
      return firstOf(doc.acknowledgedAt, clock, doc, to);
    case 'NOTIFY':
      return firstOf(doc.notifiedAt, clock, doc, to);
    case 'CONTAIN':
      return containedAtOf(clock, doc, to);
    case 'RESOLVE':
      return resolutionsUntil(doc, to).find((at) => at >= clock.startedAt) ?? null;
  }
};

/** Facts since then say themselves that the clock stood still, and whether it went on. */
const stoodStill = ({ clocks }: CaseJournal, { kind, startedAt }: CaseClock, since: number): boolean =>
  clocks.some(({ clocks: all }) =>
    all.some((one) => one.kind === kind && one.startedAt === startedAt && (one.pausedAt ?? 0) >= since),
  );

/** By what it took over from a case that went into it: counted there, and no miss here. */
const isContainedByMerge = (doc: CaseJournal, clock: CaseClock): boolean =>
  (doc.takenOver ?? []).some(
    ({ takenAt }) => takenAt <= clock.dueAt && !stoodStill(doc, clock, takenAt) && isContainedAt(doc, [], takenAt + 1),
  );

/**
 * An unmet clock does not run while the case waits for others, and ends with the case, be it by a merge, or with the
 * clock that takes its place: one that was missed before stays missed. One that stands as stopped was met by nothing
 * that we know of, and not missed.
 */
const stoppedBefore = (clock: CountedClock, doc: CaseJournal, now: CaseAt): boolean => {
  const { kind, dueAt, pausedAt, stoppedAt, replacedAt } = clock;
  const ends = [now.isMerged ? doc.merged?.at : null, pausedAt, stoppedAt, replacedAt, now.resolvedAt];
  return (
    ends.some((at) => typeof at === 'number' && at <= dueAt) || (kind === 'CONTAIN' && isContainedByMerge(doc, clock))
  );
};

const resultOf = (clock: CountedClock, doc: CaseJournal, now: CaseAt, period: Period): ClockResult[] => {
  const reached = reachedAt(clock, doc, period.to);
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
