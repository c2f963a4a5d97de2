import { Registry } from 'prom-client';
import type { CaseClocksChanged } from '#contracts';
import type { ServiceContext } from '#libs/service';
import { MINUTE_MS, HOUR_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { countClocks } from './count-clocks.js';

const START = Date.UTC(2026, 10, 2, 10);
type CaseClock = CaseClocksChanged['clocks'][number];
const clock = (change: Partial<CaseClock>): CaseClock => ({
  ...{ kind: 'NOTIFY', minutes: 60, businessHours: false, warnAt: null, pausedAt: null, stoppedAt: null },
  ...{ startedAt: START, dueAt: START + HOUR_MS },
  ...change,
});
const changed = (at: number, ...clocks: CaseClock[]) =>
  heard<CaseClocksChanged>({ type: 'case.clocks-changed', caseId: 'c1', clocks, at }, { tenant: 'acme' });

describe('clocks of cases, counted', () => {
  let registry: Registry;
  let now: number;
  let count: ReturnType<typeof countClocks>;
  beforeEach(() => {
    [registry, now] = [new Registry(), START + 10 * MINUTE_MS];
    count = countClocks({ metrics: { registry } as ServiceContext['metrics'], clock: { now: () => now } });
  });
  const told = async (): Promise<string[]> =>
    (await registry.metrics()).split('\n').filter((line) => /_(sum|count)\{/.test(line));

  it('once each, however often they are told, in time or late', async () => {
    const inTime = clock({ stoppedAt: now });
    count(changed(now, inTime, clock({ kind: 'CONTAIN' })));
    now += 5 * MINUTE_MS;
    count(changed(now, inTime, clock({ kind: 'CONTAIN', stoppedAt: now, dueAt: now - 1 })));
    expect(await told()).toEqual([
      'vigie_case_clock_seconds_sum{clock="NOTIFY",outcome="MET"} 600',
      'vigie_case_clock_seconds_count{clock="NOTIFY",outcome="MET"} 1',
      'vigie_case_clock_seconds_sum{clock="CONTAIN",outcome="LATE"} 900',
      'vigie_case_clock_seconds_count{clock="CONTAIN",outcome="LATE"} 1',
    ]);
    expect(await registry.metrics()).not.toContain('acme');
  });

  it('not when they are told again long afterwards, as after a rewind', async () => {
    now += 3 * HOUR_MS;
    count(changed(START + 10 * MINUTE_MS, clock({ stoppedAt: START + 10 * MINUTE_MS })));
    count(changed(now, clock({ stoppedAt: START + 10 * MINUTE_MS })));
    expect(await told()).toEqual([]);
  });
});
