import fc from 'fast-check';
import { MINUTE_MS } from '#libs/terms';
import { silenceSeen, useSeen, type RecordedActivity, type TargetHeard } from './silence.js';

const from = Date.UTC(2026, 10, 2, 9);
const none: RecordedActivity = { count: 0, lastAt: undefined };
const some = (lastAt: number, count = 5): RecordedActivity => ({ count, lastAt });
const heard = (over: Partial<TargetHeard>): TargetHeard => ({
  name: 'web01',
  what: 'connection',
  from,
  lagMs: 15 * MINUTE_MS,
  now: from + 20 * MINUTE_MS,
  done: none,
  refused: none,
  alive: none,
  others: none,
  ...over,
});
const late = some(from + 19 * MINUTE_MS);

describe('a target was silenced', () => {
  it('when what it tried was refused for some seconds, and nothing succeeded since', () =>
    expect(silenceSeen(heard({ refused: some(from + 6_000) }))).toMatchObject({
      verdict: 'EFFECTIVE',
      observedAt: from + 6_000,
    }));
  it('when it is silent, gives signs of life, and others are heard: as far as both reach', () =>
    expect(silenceSeen(heard({ alive: some(from + 16 * MINUTE_MS), others: late }))).toMatchObject({
      verdict: 'EFFECTIVE',
      observedAt: from + 16 * MINUTE_MS,
    }));
  it('also when it gave up talking only within the lag', () =>
    expect(silenceSeen(heard({ done: some(from + 14 * MINUTE_MS), alive: late, others: late }))).toMatchObject({
      verdict: 'EFFECTIVE',
    }));
  it('not when it was heard after the lag', () =>
    expect(silenceSeen(heard({ done: some(from + 15 * MINUTE_MS + 1), alive: late, others: late }))).toMatchObject({
      verdict: 'INEFFECTIVE',
    }));
  it.each<[string, Partial<TargetHeard>]>([
    ['one attempt was refused', { refused: some(from + 6_000, 1) }],
    ['attempts were refused for a moment', { refused: some(from + 1_000) }],
    ['nothing at all is heard of anybody', {}],
    ['others are heard, and not a sign of its own', { others: late }],
    ['it gives signs of life, and of others nothing is heard', { alive: late }],
    ['others were heard for seconds only', { alive: late, others: some(from + 20_000) }],
  ])('nor is it known while %s', (_, over) => expect(silenceSeen(heard(over)).verdict).toBe('NOT_YET'));

  it('not by silence before the lag is over, however much others are heard: who speaks each five minutes is no less', () => {
    for (const minutes of [2, 14]) {
      const heardOf = some(from + minutes * MINUTE_MS);
      const early = { done: some(from + 30_000, 1), alive: heardOf, others: heardOf, now: from + minutes * MINUTE_MS };
      expect(silenceSeen(heard(early))).toMatchObject({ verdict: 'NOT_YET', reason: 'VENDOR_LAG' });
      expect(silenceSeen(heard({ ...early, refused: heardOf })).verdict).toBe('EFFECTIVE');
    }
  });

  const activity = fc
    .option(fc.integer({ min: 0, max: 40 * MINUTE_MS }), { nil: undefined })
    .chain((afterMs) =>
      fc.integer({ min: 1, max: 9 }).map((count) => (afterMs === undefined ? none : some(from + afterMs, count))),
    );
  const anything = fc.record({
    done: activity,
    refused: activity,
    alive: fc.oneof(activity, fc.constant(null)),
    others: activity,
    now: fc.integer({ min: 0, max: 60 * MINUTE_MS }).map((passedMs) => from + passedMs),
  });
  it('never by what it did not do while nobody else is heard', () =>
    fc.assert(
      fc.property(anything, (over) => {
        const one = heard({ ...over, others: none, refused: none });
        expect(silenceSeen(one).verdict).not.toBe('EFFECTIVE');
      }),
    ));
  it('never while it is heard after the lag, and never disproved by what it did before', () =>
    fc.assert(
      fc.property(anything, (over) => {
        const one = heard(over);
        const isHeardAfter = (one.done.lastAt ?? 0) > one.from + one.lagMs;
        expect(silenceSeen(one).verdict === 'INEFFECTIVE').toBe(isHeardAfter);
      }),
    ));
  it('by evidence whose age is known', () =>
    fc.assert(
      fc.property(anything, (over) => {
        const { observedAt, evidence } = silenceSeen(heard(over));
        expect(observedAt).toBeGreaterThanOrEqual(from);
        expect(evidence).toContain('web01');
      }),
    ));
});

describe('a target uses again what was given back', () => {
  it('once it is heard', () =>
    expect(useSeen(heard({ done: some(from + 1_000) }))).toMatchObject({
      verdict: 'EFFECTIVE',
      observedAt: from + 1_000,
    }));
  it('not while its attempts are refused after the lag', () =>
    expect(useSeen(heard({ refused: late, alive: late, others: late })).verdict).toBe('INEFFECTIVE'));
  it.each<[string, Partial<TargetHeard>]>([
    ['SOURCE_SILENT', { alive: late }],
    ['TARGET_OFFLINE', { others: late }],
    ['TARGET_SILENT', { alive: late, others: late }],
    ['VENDOR_LAG', { alive: late, others: late, now: from + MINUTE_MS }],
  ])('nor is it known: %s', (reason, over) =>
    expect(useSeen(heard(over))).toMatchObject({ verdict: 'NOT_YET', reason }),
  );
});
