import { WEEK_MS } from '#libs/terms';
import { figures, MINUTE } from '../../../test/figures.js';
import { aCase, aClock, minute, theWeek } from '../../../test/samples.js';
import { clockResults } from './service-levels.js';

describe('service levels', () => {
  const clocks = [
    {
      at: minute(0),
      clocks: [
        aClock('ACKNOWLEDGE', 15, minute(0)),
        aClock('CONTAIN', 60, minute(0)),
        aClock('RESOLVE', 480, minute(0)),
      ],
    },
  ];
  it('are attained when met in time, and missed when not met by then', () => {
    const cases = [
      aCase({ clocks, acknowledgedAt: [minute(15)] }),
      aCase({
        caseId: 'c2',
        number: 2,
        clocks,
        acknowledgedAt: [minute(16)],
        contained: [{ occurredAt: minute(20), at: minute(21), actionId: 'a' }],
      }),
    ];
    const found = figures({ cases });
    expect(found['sla-acknowledge']).toBe(0.5);
    expect(found['sla-contain']).toBe(0.5);
    expect(found['sla-resolve']).toBe(0);
    expect(found['sla-notify']).toBeNull();
    expect(
      clockResults(cases, theWeek)
        .filter(({ attained }) => !attained)
        .map(({ number, kind, metAt }) => [number, kind, metAt]),
    ).toEqual([
      [2, 'ACKNOWLEDGE', minute(16)],
      [1, 'CONTAIN', null],
      [1, 'RESOLVE', null],
      [2, 'RESOLVE', null],
    ]);
  });
  it('do not count a clock that stands still while the case waits for the customer', () => {
    const paused = [
      ...clocks,
      { at: minute(30), clocks: clocks[0]!.clocks.map((clock) => ({ ...clock, pausedAt: minute(30) })) },
    ];
    expect(
      clockResults([aCase({ clocks: paused, acknowledgedAt: [minute(1)] })], theWeek).map(({ kind }) => kind),
    ).toEqual(['ACKNOWLEDGE']);
  });
  it('do not ask to contain what was resolved before', () => {
    const statuses = [
      { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
      { status: 'CLOSED', onHoldReason: 'NONE', at: minute(30) },
    ] as const;
    const kinds = clockResults([aCase({ clocks, statuses: [...statuses], acknowledgedAt: [minute(1)] })], theWeek).map(
      ({ kind, attained }) => [kind, attained],
    );
    expect(kinds).toEqual([
      ['ACKNOWLEDGE', true],
      ['RESOLVE', true],
    ]);
  });
  it('miss what went on after what held by a merge was lifted, and not while it held', () => {
    const started = aClock('CONTAIN', 60, minute(0));
    const steps = [
      { at: minute(0), clocks: [started] },
      { at: minute(10), clocks: [{ ...started, pausedAt: minute(10) }] },
      { at: minute(100), clocks: [{ ...started, dueAt: minute(150) }] },
    ];
    const takenOver = [{ occurredAt: minute(5), at: minute(6), actionId: 'a', takenAt: minute(10) }];
    const held = { actionId: 'a', actionClass: 'isolate-host', state: 'VERIFIED', summary: '', at: minute(6) } as const;
    const actions = [{ ...held, occurredAt: minute(5) }];
    const missed = (clocks: typeof steps) =>
      clockResults([aCase({ clocks, takenOver, actions })], theWeek).map(({ attained }) => attained);
    expect(missed(steps.slice(0, 2))).toEqual([]);
    expect(missed(steps)).toEqual([false]);
  });
  it('keep what was missed before a merge, and have nothing met by it', () => {
    const mergedAt = (at: number) => {
      const statuses = [
        { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
        { status: 'CLOSED', onHoldReason: 'NONE', at },
      ] as const;
      const doc = aCase({ clocks, statuses: [...statuses], merged: { intoCaseId: 'c2', at } });
      return clockResults([doc], theWeek).map(({ kind, attained }) => [kind, attained]);
    };
    expect(mergedAt(minute(10))).toEqual([]);
    expect(mergedAt(minute(30))).toEqual([['ACKNOWLEDGE', false]]);
  });
  it('keep what was missed when the case is reopened, and what was met, beside the clock that starts anew', () => {
    const again = (resolvedAt: number, againAt: number) =>
      aCase({
        clocks: [
          { at: minute(0), clocks: [aClock('RESOLVE', 60, minute(0))] },
          { at: minute(resolvedAt), clocks: [aClock('RESOLVE', 60, minute(0), { stoppedAt: minute(resolvedAt) })] },
          { at: minute(181), clocks: [aClock('RESOLVE', 60, minute(181))] },
          { at: minute(againAt), clocks: [aClock('RESOLVE', 60, minute(181), { stoppedAt: minute(againAt) })] },
        ],
        statuses: [
          { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
          { status: 'RESOLVED', onHoldReason: 'NONE', at: minute(resolvedAt) },
          { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(181) },
          { status: 'CLOSED', onHoldReason: 'NONE', at: minute(againAt) },
        ],
        reopenedAt: [minute(181)],
      });
    const told = (resolvedAt: number, againAt: number) =>
      clockResults([again(resolvedAt, againAt)], theWeek).map(({ metAt, attained }) => [metAt, attained]);
    expect(told(180, 183)).toEqual([
      [minute(180), false],
      [minute(183), true],
    ]);
    expect(told(50, 300)).toEqual([
      [minute(50), true],
      [minute(300), false],
    ]);
  });
  it('count a target once that a graver one took the place of before it was due', () => {
    const raised = [
      { at: minute(0), clocks: [aClock('ACKNOWLEDGE', 60, minute(0))] },
      { at: minute(5), clocks: [aClock('ACKNOWLEDGE', 15, minute(5))] },
    ];
    const kept = clockResults([aCase({ clocks: raised, acknowledgedAt: [minute(30)] })], theWeek);
    expect(kept.map(({ dueAt, attained }) => [dueAt, attained])).toEqual([[minute(20), false]]);
  });
  it('are not missed by a clock that was stopped though nobody knows what met it', () => {
    const stopped = [{ at: minute(0), clocks: [aClock('NOTIFY', 30, minute(0), { stoppedAt: minute(0) })] }];
    expect(clockResults([aCase({ clocks: stopped })], theWeek)).toEqual([]);
    expect(clockResults([aCase({ clocks: stopped, notifiedAt: [minute(40)] })], theWeek)).toMatchObject([
      { attained: false, metAt: minute(40) },
    ]);
  });
  it('are met in each life of a case by what was done in it', () => {
    const kinds = ['ACKNOWLEDGE', 'CONTAIN'] as const;
    const begunAt = (at: number, stoppedAt: number | null) =>
      kinds.map((kind) => ({ ...aClock(kind, 15, at), stoppedAt }));
    const doc = aCase({
      clocks: [
        { at: minute(0), clocks: begunAt(minute(0), null) },
        { at: minute(10), clocks: begunAt(minute(0), minute(10)) },
        { at: minute(100), clocks: begunAt(minute(100), null) },
      ],
      acknowledgedAt: [minute(10), minute(120)],
      contained: [{ occurredAt: minute(10), at: minute(10), actionId: 'a' }],
      reopenedAt: [minute(100)],
    });
    expect(clockResults([doc], theWeek).map(({ kind, metAt, attained }) => [kind, metAt, attained])).toEqual([
      ['ACKNOWLEDGE', minute(10), true],
      ['CONTAIN', minute(10), true],
      ['ACKNOWLEDGE', minute(120), false],
      ['CONTAIN', null, false],
    ]);
  });
  it('are not met by what held once where CONTAIN went on since', () => {
    const clock = aClock('CONTAIN', 15, minute(0));
    const doc = aCase({
      clocks: [
        { at: minute(5), clocks: [{ ...clock, stoppedAt: minute(5) }] },
        { at: minute(30), clocks: [{ ...clock, dueAt: minute(40) }] },
      ],
      contained: [{ occurredAt: minute(5), at: minute(5), actionId: 'a' }],
    });
    expect(clockResults([doc], theWeek)).toMatchObject([{ metAt: null, attained: false, dueAt: minute(40) }]);
  });
  it('count in the week in which they were missed, and only there', () => {
    const late = [
      aCase({
        clocks: [{ at: minute(0), clocks: [aClock('ACKNOWLEDGE', 15, minute(0))] }],
        acknowledgedAt: [theWeek.to + MINUTE],
      }),
    ];
    expect(clockResults(late, theWeek)).toHaveLength(1);
    expect(clockResults(late, { from: theWeek.to, to: theWeek.to + WEEK_MS })).toHaveLength(0);
  });
});
