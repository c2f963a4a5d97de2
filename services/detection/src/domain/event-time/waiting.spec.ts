import { hear, keptTime, noTime, timePassed, readTime, markTold, upToOf, wait, type EventTime } from './waiting.js';
import type { SourceKind } from '#contracts';

const lateness = { streamedMs: 60, deliveredMs: 300 };
const heard = (time: EventTime, source: string, kind: SourceKind, newestAt: number, heardAt: number, tenant = 'acme') =>
  hear(time, tenant, source, { kind, newestAt, heardAt });
const upTo = (time: EventTime, now: number, ...kinds: SourceKind[]) => upToOf(time, 'acme', kinds, lateness, now);
const awaiting = (special = {}) => ({
  tenant: 'acme',
  correlationId: 'c',
  kinds: [] as SourceKind[],
  horizonMs: 0,
  stepMs: 10,
  ...special,
});

const withSources = (): EventTime => {
  const time = noTime();
  heard(time, 'edr', 'WINDOWS', 10_000, 1_000_000);
  heard(time, 'trail', 'AWS_CLOUDTRAIL', 9_900, 1_000_000);
  heard(time, 'other', 'WINDOWS', 1, 1_000_000, 'globex');
  return time;
};

describe('event time', () => {
  it('is unknown before anything was heard', () => expect(upTo(noTime(), 1)).toBe(0));
  it('is that of the slowest source concerned, less how late its events may be', () => {
    expect(upTo(withSources(), 1_000_000, 'WINDOWS')).toBe(9_940);
    expect(upTo(withSources(), 1_000_000)).toBe(9_600);
    expect(upTo(withSources(), 1_000_000, 'OKTA')).toBe(0);
  });
  it('goes on with the clock when a source has been silent for as long', () => {
    expect(upTo(withSources(), 1_000_060, 'WINDOWS')).toBe(9_940);
    expect(upTo(withSources(), 1_000_061, 'WINDOWS')).toBe(10_001);
    expect(upTo(withSources(), 1_000_560, 'WINDOWS')).toBe(10_500);
  });
  it('is not held up by a source that is an hour behind', () => {
    const time = withSources();
    heard(time, 'edr', 'WINDOWS', 4_000_000, 1_000_000);
    expect(upTo(time, 1_000_000)).toBe(4_000_000 - 60);
  });
  it('never goes back', () => {
    const time = withSources();
    heard(time, 'edr', 'WINDOWS', 5, 1_000_001);
    expect(upTo(time, 1_000_001, 'WINDOWS')).toBe(9_940);
  });
  it('does not go on while nobody listens: that is no silence of the sources', () => {
    const kept = JSON.parse(JSON.stringify(keptTime(withSources(), 1_000_010))) as ReturnType<typeof keptTime>;
    expect(upTo(readTime(kept, 2_000_000), 2_000_000, 'WINDOWS')).toBe(9_940);
    expect(upTo(readTime(kept, 2_000_000), 2_000_051, 'WINDOWS')).toBe(10_001);
  });
});

describe('a group that waits', () => {
  const due = (time: EventTime, now: number) =>
    timePassed(time, lateness, now).map(({ detectionId, upTo: at }) => `${detectionId} ${at}`);
  it('is told when time has come past its last match, and once more when others have fallen silent', () => {
    const time = withSources();
    wait(time, 'd', awaiting(), 9_601);
    expect(due(time, 1_000_000)).toEqual([]);
    heard(time, 'trail', 'AWS_CLOUDTRAIL', 10_000, 1_000_001);
    expect(due(time, 1_000_001)).toEqual(['d 9700']);
    markTold(time, timePassed(time, lateness, 1_000_001), 1_000_001);
    expect(due(time, 1_000_002)).toEqual([]);
    expect(due(time, 1_400_000)).toHaveLength(1);
    markTold(time, timePassed(time, lateness, 1_400_000), 1_400_000);
    expect(time.awaiting.size).toBe(0);
  });
  it('is told step by step while a window may still close', () => {
    const time = withSources();
    wait(time, 'd', awaiting({ horizonMs: 1_000, kinds: ['WINDOWS'] }), 9_900);
    const ticks = Array.from({ length: 200 }, (_, index) => 1_000_000 + index * 10);
    const at = ticks.flatMap((now) => {
      const some = timePassed(time, lateness, now);
      markTold(time, some, now);
      return some.map(({ upTo: one }) => one);
    });
    expect(at.length).toBeGreaterThan(20);
    expect(at.at(-1)).toBeGreaterThan(10_900);
  });
  it('is told no more than that when its sources are silent: what comes after an outage is not late', () => {
    const time = withSources();
    wait(time, 'd', awaiting({ kinds: ['WINDOWS'] }), 9_950);
    expect(upTo(time, 1_600_000, 'WINDOWS')).toBe(609_940);
    expect(due(time, 1_600_000)).toEqual(['d 9951']);
  });
  it('is told anew with a new match', () => {
    const time = withSources();
    wait(time, 'd', awaiting({ kinds: ['WINDOWS'] }), 9_000);
    markTold(time, timePassed(time, lateness, 1_000_000), 1_000_000);
    wait(time, 'd', awaiting({ kinds: ['WINDOWS'] }), 9_100);
    expect(due(time, 1_000_000)).toEqual(['d 9940']);
  });
  it('loses its place to no other tenant that has many', () => {
    const time = withSources();
    wait(time, 'globex', awaiting({ tenant: 'globex' }), 1);
    for (let index = 0; index < 21_000; index += 1) wait(time, `d${index}`, awaiting(), index);
    expect(time.awaiting.size).toBeLessThanOrEqual(20_000);
    expect([time.awaiting.has('globex'), time.awaiting.has('d0'), time.awaiting.has('d20999')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
