import { Histogram } from 'prom-client';
import type { CaseClocksChanged } from '#contracts';
import type { Heard } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import { HOUR_MS } from '#libs/terms';

/** Clocks whose end was counted: each later change of a case tells them again. */
const REMEMBERED = 20_000;
/** What is heard later than so is told again, not new: after a start, a rewind, a return from a backup. */
const NEW_FOR_MS = HOUR_MS;
const BUCKETS_S = [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 259_200, 604_800];

/** The latest so many names. */
const seenBefore = (most: number): ((name: string) => boolean) => {
  const names = new Set<string>();
  return (name) => {
    const known = names.delete(name);
    names.add(name);
    if (names.size > most) names.delete(names.values().next().value as string);
    return known;
  };
};

/** Counts how long it took until clocks of cases were reached, once each, whether that was in time or late. */
export const countClocks = ({ metrics: { registry }, clock }: Pick<ServiceContext, 'metrics' | 'clock'>) => {
  const seconds = new Histogram({
    name: 'vigie_case_clock_seconds',
    help: 'From the start of a clock of a case until it was reached; MET is within what was agreed',
    labelNames: ['clock', 'outcome'],
    buckets: BUCKETS_S,
    registers: [registry],
  });
  const wasCounted = seenBefore(REMEMBERED);
  return ({ envelope: { tenant, type }, message }: Heard): void => {
    if (type !== 'case.clocks-changed') return;
    const { caseId, clocks, at } = message as CaseClocksChanged;
    if (clock.now() - at > NEW_FOR_MS) return;
    for (const { kind, startedAt, stoppedAt: reachedAt, dueAt } of clocks) {
      const stoppedAt = reachedAt ?? null;
      if (stoppedAt === null || at - stoppedAt > NEW_FOR_MS) continue;
      if (wasCounted(`${tenant}/${caseId}/${kind}/${startedAt}`)) continue;
      seconds.observe({ clock: kind, outcome: stoppedAt > dueAt ? 'LATE' : 'MET' }, (stoppedAt - startedAt) / 1_000);
    }
  };
};
