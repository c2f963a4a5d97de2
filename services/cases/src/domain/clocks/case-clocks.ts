import type { CaseClock, ClockKind, Severity, SlaTarget, TenantState } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { addCounted, countedBetween, type CountedHours } from './calendar.js';

const ALL: ClockKind[] = ['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'];

/** Share of the target after which a breach is foreseen. */
const WARN_SHARE = 0.75;

/** What clocks need of a tenant. */
export type ServiceLevels = Pick<TenantState, 'sla' | 'calendar' | 'timeZone'>;

const hoursOf = (
  { businessHours }: { businessHours: boolean },
  { calendar, timeZone }: ServiceLevels,
): CountedHours | undefined => (businessHours ? { calendar, timeZone } : undefined);

const targetMs = ({ minutes }: { minutes: number }): number => minutes * MINUTE_MS;

/** Due and warning time when `leftMs` of the target are left at `from`; no warning ahead once past it. */
const ahead = (clock: CaseClock, from: number, leftMs: number, hours: CountedHours | undefined): CaseClock => {
  const untilWarnMs = leftMs - targetMs(clock) * (1 - WARN_SHARE);
  return {
    ...clock,
    dueAt: addCounted(from, leftMs, hours),
    warnAt: untilWarnMs >= 0 ? addCounted(from, untilWarnMs, hours) : clock.warnAt,
  };
};

const started = (
  { kind, minutes, businessHours }: Omit<SlaTarget, 'severity'>,
  at: number,
  levels: ServiceLevels,
): CaseClock => {
  const clock: CaseClock = {
    kind,
    minutes,
    businessHours,
    startedAt: at,
    dueAt: at,
    warnAt: at,
    pausedAt: null,
    stoppedAt: null,
  };
  return ahead(clock, at, targetMs(clock), hoursOf(clock, levels));
};

const targetsFor = (severity: Severity, levels: ServiceLevels | undefined): SlaTarget[] =>
  levels?.sla.filter((target) => target.severity === severity) ?? [];

/** Clocks of a case that starts now; a tenant without service levels has none. */
export const startClocks = (severity: Severity, at: number, levels: ServiceLevels | undefined): CaseClock[] =>
  levels ? targetsFor(severity, levels).map((target) => started(target, at, levels)) : [];

const isRunning = (clock: CaseClock): boolean => (clock.stoppedAt ?? null) === null;

/** It stands still from then on, but no earlier than it began. */
const paused = (clock: CaseClock, at: number): CaseClock => ({ ...clock, pausedAt: Math.max(at, clock.startedAt) });

/** It goes on: what was left when it began to stand still is left now. A clock already past due stays so. */
const resumed = (clock: CaseClock, since: number, at: number, levels: ServiceLevels | undefined): CaseClock => {
  const hours = levels && hoursOf(clock, levels);
  const leftMs = countedBetween(since, clock.dueAt, hours);
  const goesOn = leftMs === 0 ? clock : ahead(clock, Math.max(at, since), leftMs, hours);
  return { ...goesOn, pausedAt: null };
};

/**
 * Running clocks of these kinds stand still from an instant on, or still do; all others run, or go on.
 * @param countedUntil none begins to stand still before: what was told late of a time that they stood still in already,
 * or went on in, gives them that time once.
 */
export const clocksPausedFor = (
  clocks: CaseClock[],
  kinds: readonly ClockKind[],
  at: number,
  levels: ServiceLevels | undefined,
  countedUntil = 0,
): CaseClock[] =>
  clocks.map((clock) => {
    if (!isRunning(clock)) return clock;
    const since = clock.pausedAt ?? null;
    if (kinds.includes(clock.kind)) return since === null ? paused(clock, Math.max(at, countedUntil)) : clock;
    return since === null ? clock : resumed(clock, since, at, levels);
  });

/** What was reached stops, no earlier than it began; how long it stood still before is not counted against it. */
export const stopClocks = (
  clocks: CaseClock[],
  kinds: readonly ClockKind[],
  at: number,
  levels: ServiceLevels | undefined,
): CaseClock[] =>
  clocks.map((clock) => {
    if (!kinds.includes(clock.kind) || !isRunning(clock)) return clock;
    const since = clock.pausedAt ?? null;
    return {
      ...(since === null ? clock : resumed(clock, since, at, levels)),
      pausedAt: null,
      stoppedAt: Math.max(at, clock.startedAt),
    };
  });

/** What was reached is so no more: what was left as it stopped is left from an instant on. */
export const clockGoingOn = (
  clocks: CaseClock[],
  kind: ClockKind,
  at: number,
  levels: ServiceLevels | undefined,
): CaseClock[] =>
  clocks.map((clock) => {
    const since = clock.stoppedAt ?? null;
    return clock.kind === kind && since !== null ? { ...resumed(clock, since, at, levels), stoppedAt: null } : clock;
  });

/**
 * A case that is done: RESOLVE is reached unless it only became part of another one; what was not reached by then
 * stands still, and is met by nothing.
 */
export const endClocks = (
  clocks: CaseClock[],
  isResolved: boolean,
  at: number,
  levels: ServiceLevels | undefined,
): CaseClock[] => clocksPausedFor(isResolved ? stopClocks(clocks, ['RESOLVE'], at, levels) : clocks, ALL, at, levels);

/** A case that was done goes on: clocks of these kinds start anew, by their own target where the severity has none. */
export const restartClocks = (
  clocks: CaseClock[],
  kinds: readonly ClockKind[],
  severity: Severity,
  at: number,
  levels: ServiceLevels | undefined,
): CaseClock[] => {
  if (!levels) return clocks;
  const fresh = startClocks(severity, at, levels).filter(({ kind }) => kinds.includes(kind));
  const again = clocks
    .filter(({ kind }) => kinds.includes(kind) && !fresh.some((one) => one.kind === kind))
    .map((clock) => started(clock, at, levels));
  return [...clocks.filter(({ kind }) => !kinds.includes(kind)), ...fresh, ...again];
};

/**
 * The case weighs more: running clocks take the new target from now on, unless the old one is due earlier, and those
 * that stand still unless less is left of the old one; clocks that only the new severity has are added. A downgrade
 * never moves a clock, so nobody gains time by it.
 */
export const raiseClocks = (
  clocks: CaseClock[],
  severity: Severity,
  at: number,
  levels: ServiceLevels | undefined,
): CaseClock[] => {
  const fresh = startClocks(severity, at, levels);
  const kept = clocks.map((clock) => {
    const next = fresh.find(({ kind }) => kind === clock.kind);
    if (!next || !isRunning(clock)) return clock;
    if (typeof clock.pausedAt !== 'number') return next.dueAt < clock.dueAt ? next : clock;
    const leftMs = countedBetween(clock.pausedAt, clock.dueAt, levels && hoursOf(clock, levels));
    return targetMs(next) < leftMs ? { ...next, pausedAt: at } : clock;
  });
  return [...kept, ...fresh.filter(({ kind }) => !clocks.some((clock) => clock.kind === kind))];
};

/** How a clock stands at an instant. `usedShare` is 1 when the target is used up. */
export interface ClockStanding {
  state: 'RUNNING' | 'PAUSED' | 'MET' | 'BREACHED';
  usedShare: number;
  /** Three quarters of the target are used and it still runs: a breach is near. */
  breachForeseen: boolean;
}

/** @returns how a clock stands, from the clock and the calendar alone: the same after a replay. */
export const standingOf = (clock: CaseClock, now: number, levels: ServiceLevels): ClockStanding => {
  const end = clock.stoppedAt ?? clock.pausedAt ?? now;
  const leftMs = countedBetween(end, clock.dueAt, hoursOf(clock, levels));
  const usedShare = clock.minutes === 0 ? 1 : 1 - leftMs / targetMs(clock);
  const breached = end > clock.dueAt;
  if (typeof clock.stoppedAt === 'number')
    return { state: breached ? 'BREACHED' : 'MET', usedShare, breachForeseen: false };
  if (breached) return { state: 'BREACHED', usedShare, breachForeseen: false };
  return {
    state: typeof clock.pausedAt === 'number' ? 'PAUSED' : 'RUNNING',
    usedShare,
    breachForeseen: typeof clock.pausedAt !== 'number' && usedShare >= WARN_SHARE,
  };
};
