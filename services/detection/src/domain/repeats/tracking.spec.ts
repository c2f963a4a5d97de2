import type { Hit } from '../hits/hit.js';
import { at, event, hit, minutes, origin } from '../../../test/domain-samples.js';
import { repeatsDue, toForget, track, type TrackedFinding } from './tracking.js';

const times = (now = at) => ({ now, recordedAt: now });
const tracked = (before: TrackedFinding | undefined, ...hits: [Hit, ...Hit[]]): TrackedFinding =>
  track(before, origin, { findingId: 'f', hits }, times());
const after = (...offsets: number[]): TrackedFinding =>
  offsets.reduce<TrackedFinding | undefined>(
    (before, offset) => tracked(before, hit(offset)),
    undefined,
  ) as TrackedFinding;

describe('what is remembered of a finding', () => {
  it('counts its events, the first included', () =>
    expect(tracked(undefined, hit(1), hit(2), hit(3))).toMatchObject({ count: 3, published: 1 }));
  it('does not count an event again that comes again', () => {
    expect(tracked(after(1, 2, 3), hit(2), hit(3), hit(4)).count).toBe(4);
    expect(tracked(after(5), hit(5, { event: event(5, { index: 1 }) })).count).toBe(2);
  });
  it('tells ingest partitions and sources apart', () => {
    const other = tracked(after(5), hit(1, { event: event(1, { partition: 1 }) }));
    expect(other.count).toBe(2);
    expect(track(other, { ...origin, source: 'ids' }, { findingId: 'f', hits: [hit(1)] }, times()).count).toBe(3);
  });
  it('is the same in one batch or in three', () =>
    expect(after(1, 2, 3)).toEqual(tracked(undefined, hit(1), hit(2), hit(3))));
  it('does not change what was remembered before', () => {
    const before = after(1);
    tracked(before, hit(2));
    expect(before).toEqual(after(1));
  });
});

describe('a repeat', () => {
  const due = (one: TrackedFinding, now: number) => repeatsDue(new Map([['f', one]]), now).map(({ fact }) => fact);
  it('is due a minute after the finding was raised', () => {
    expect(due(after(1, 2), at + minutes(1) - 1)).toEqual([]);
    expect(due(after(1, 2), at + minutes(1))).toEqual([
      { type: 'finding.repeated', findingId: 'f', count: 2, lastOccurredAt: at + 2, at: at + minutes(1) },
    ]);
  });
  it('is never due without another event', () => expect(due(after(1), at + minutes(90))).toEqual([]));
  it('is due again a minute after it was published', () => {
    const [first] = repeatsDue(new Map([['f', after(1, 2)]]), at + minutes(1));
    const more = tracked(first?.tracked, hit(3));
    expect([due(more, at + minutes(2) - 1).length, due(more, at + minutes(2))[0]?.count]).toEqual([0, 3]);
  });
});

describe('forgotten are', () => {
  const day = minutes(24 * 60);
  it('findings whose window and a day have passed since they matched', () => {
    const findings = new Map([['f', after(1)]]);
    expect(toForget(findings, at + day + minutes(60), 10)).toEqual([]);
    expect(toForget(findings, at + day + minutes(60) + 1, 10)).toEqual(['f']);
  });
  it('not those with repeats to publish', () =>
    expect(toForget(new Map([['f', after(1, 2)]]), at + 2 * day, 10)).toEqual([]));
  it('beyond the bound, those matched longest ago', () =>
    expect(
      toForget(
        new Map([
          ['a', after(1)],
          ['b', after(1, 2)],
          ['c', after(1)],
        ]),
        at,
        1,
      ),
    ).toEqual(['a', 'b']));
});
