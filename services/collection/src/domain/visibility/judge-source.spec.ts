import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/terms';
import { at, hourly, judgedAt, MONDAY, opened } from '../../../test/visibility-samples.js';

const steady = (days: number) => hourly(days, () => 1_000);
const kinds = ({ gaps }: ReturnType<typeof judgedAt>) => gaps.map(({ kind }) => kind);
const endings = ({ returns }: ReturnType<typeof judgedAt>) => returns.map(({ ending }) => ending);
const figuresOf = ({ gaps }: ReturnType<typeof judgedAt>) =>
  Object.fromEntries((gaps[0]?.figures ?? []).map(({ name, value }) => [name, value]));

describe('a source that is silent', () => {
  const lastAt = at(1, 23, 15);
  const arrivals = steady(2);

  it('is found as soon as it may not be silent any longer, and not before', () => {
    expect(kinds(judgedAt(lastAt + 59 * MINUTE_MS, arrivals))).toEqual([]);
    const found = judgedAt(lastAt + HOUR_MS, arrivals);
    expect(found.gaps).toMatchObject([{ kind: 'SOURCE_SILENT', severity: 'HIGH', source: 'edr', since: lastAt }]);
    expect(figuresOf(found)).toEqual({ lastEventAt: lastAt, minutesWithout: 60, minutesAllowed: 60 });
  });

  it('counts only the time in which somebody watched', () => {
    const watching = { since: lastAt + 30 * MINUTE_MS, now: lastAt + 89 * MINUTE_MS };
    expect(kinds(judgedAt(watching.now, arrivals, { watching }))).toEqual([]);
    const later = { ...watching, now: lastAt + 90 * MINUTE_MS };
    expect(kinds(judgedAt(later.now, arrivals, { watching: later }))).toEqual(['SOURCE_SILENT']);
  });

  it('is the same gap whenever it is seen, and another the next time', () => {
    const [first] = judgedAt(lastAt + HOUR_MS, arrivals).gaps;
    const [again] = judgedAt(lastAt + 2 * HOUR_MS, arrivals).gaps;
    const [next] = judgedAt(lastAt + 9 * HOUR_MS, [...arrivals, { at: lastAt + 2 * HOUR_MS, events: 1 }]).gaps;
    expect(again?.gapId).toBe(first?.gapId);
    expect(next?.gapId).not.toBe(first?.gapId);
  });

  it('is told once, and is over when an event arrives', () => {
    const open = judgedAt(lastAt + HOUR_MS, arrivals).gaps.map(opened);
    expect(judgedAt(lastAt + 5 * HOUR_MS, arrivals, { open })).toEqual({ gaps: [], returns: [] });
    const backAt = lastAt + 5 * HOUR_MS;
    const back = judgedAt(backAt, [...arrivals, { at: backAt, events: 1 }], { open });
    expect(back.returns).toMatchObject([{ gapId: open[0]?.gapId, ending: 'DATA_RETURNED', observedAt: backAt }]);
  });

  it('is not over by what cannot be read', () => {
    const open = judgedAt(lastAt + HOUR_MS, arrivals).gaps.map(opened);
    const backAt = lastAt + 5 * HOUR_MS;
    expect(endings(judgedAt(backAt, [...arrivals, { at: backAt, events: 0, dead: 3 }], { open }))).toEqual([]);
  });

  it('is not expected any more when it may be silent for longer', () => {
    const open = judgedAt(lastAt + HOUR_MS, arrivals).gaps.map(opened);
    const source = { name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 600, receipts: false } as const;
    expect(endings(judgedAt(lastAt + 2 * HOUR_MS, arrivals, { open, source }))).toEqual(['NOT_EXPECTED']);
  });
});

describe('a source that only works by day', () => {
  const office = hourly(26, (hour, day) => (day % 7 < 5 && hour >= 9 && hour < 17 ? 1_000 : 0));

  it('is not silent at night, nor on a weekend, once its nights are known', () => {
    expect(kinds(judgedAt(at(25, 23), office))).toEqual([]);
    expect(kinds(judgedAt(at(27, 20), office))).toEqual([]);
  });

  it('is silent on a Monday on which it should have begun', () => {
    expect(kinds(judgedAt(at(28, 9, 50), office))).toEqual([]);
    expect(kinds(judgedAt(at(28, 10, 1), office))).toContain('SOURCE_SILENT');
  });

  it('goes by the clock on the wall when that is put back', () => {
    const summer = Date.UTC(2026, 9, 5) - MONDAY;
    const local = (hour: number, day: number): number => {
      const utc = day * 24 + hour;
      const isWinter = MONDAY + utc * HOUR_MS >= Date.UTC(2026, 9, 25, 1);
      const clock = (hour + (isWinter ? 1 : 2)) % 24;
      return ((day % 7) + 7) % 7 < 5 && clock >= 9 && clock < 17 ? 1_000 : 0;
    };
    const arrivals = hourly(25, local, summer / DAY_MS).filter(({ at: time }) => time < Date.UTC(2026, 9, 26));
    // 07:00 UTC was the first hour of work; it is not, since the clocks were put back.
    const now = Date.UTC(2026, 9, 26, 8, 10);
    expect(kinds(judgedAt(now, arrivals, { zone: 'Europe/Paris' }))).toEqual([]);
  });
});

describe('a source that was never seen', () => {
  const registeredAt = at(0, 9);
  it('is asked about a day after it was registered, or since somebody watches', () => {
    expect(kinds(judgedAt(registeredAt + DAY_MS - 1, [], { registeredAt }))).toEqual([]);
    const found = judgedAt(registeredAt + DAY_MS, [], { registeredAt });
    expect(found.gaps).toMatchObject([{ kind: 'SOURCE_SILENT', severity: 'MEDIUM', since: registeredAt }]);
    const watching = { since: at(3, 0), now: at(3, 23) };
    expect(kinds(judgedAt(watching.now, [], { registeredAt, watching }))).toEqual([]);
  });
});

describe('a source that brings less than it does', () => {
  const weeks = steady(28);
  const less = (events: number) => [
    ...weeks,
    ...hourly(1, (hour) => (hour < 10 ? 1_000 : hour === 10 ? events : 0), 28),
  ];

  it('is found when an hour with half of its own normal is over', () => {
    const found = judgedAt(at(28, 11, 5), [...less(500), { at: at(28, 11, 4), events: 10 }]);
    expect(found.gaps).toMatchObject([{ kind: 'SOURCE_REDUCED', severity: 'MEDIUM', since: at(28, 10) }]);
    expect(figuresOf(found)).toEqual({ hourFrom: at(28, 10), received: 500, normal: 1_000, percent: 50 });
  });

  it.each([
    ['more than half', judgedAt(at(28, 11, 5), [...less(501), { at: at(28, 11, 4), events: 10 }])],
    ['an hour that is not over', judgedAt(at(28, 11, 4), [...less(500), { at: at(28, 11, 3), events: 10 }])],
    [
      'a new source',
      judgedAt(at(2, 11, 5), [...steady(2), { at: at(2, 10, 15), events: 1 }, { at: at(2, 11), events: 1 }]),
    ],
    ['few events at all', judgedAt(at(28, 11, 5), [...hourly(28, () => 40), { at: at(28, 11, 4), events: 1 }])],
    [
      'an hour nobody watched',
      judgedAt(at(28, 11, 5), [...less(500), { at: at(28, 11, 4), events: 10 }], {
        watching: { since: at(28, 10, 30), now: at(28, 11, 5) },
      }),
    ],
  ])('is not found with %s', (_name, seen) => expect(kinds(seen)).toEqual([]));

  it('is over when an hour is more than half of what was normal', () => {
    const arrivals = [...less(500), { at: at(28, 11, 4), events: 900 }];
    const open = judgedAt(at(28, 11, 5), arrivals).gaps.map(opened);
    expect(endings(judgedAt(at(28, 11, 50), arrivals, { open }))).toEqual([]);
    expect(endings(judgedAt(at(28, 12, 5), arrivals, { open }))).toEqual(['DATA_RETURNED']);
  });

  it('is what is expected, after some weeks of less', () => {
    const arrivals = [...weeks, ...hourly(21, () => 400, 28)];
    const open = judgedAt(
      at(28, 11, 5),
      arrivals.filter((one) => one.at < at(28, 11, 20)),
    ).gaps.map(opened);
    expect(open).toHaveLength(1);
    expect(
      endings(
        judgedAt(
          at(35, 0, 5),
          arrivals.filter((one) => one.at < at(35, 0)),
          { open },
        ),
      ),
    ).toEqual([]);
    expect(endings(judgedAt(at(49, 0, 5), arrivals, { open }))).toEqual(['NOT_EXPECTED']);
  });
});

describe('a source that brings less for good than can be told from nothing', () => {
  const few = [...hourly(28, () => 60), ...hourly(62, () => 10, 28)];
  const until = (now: number) => few.filter((one) => one.at < now);
  const open = judgedAt(at(28, 1, 20), until(at(28, 1, 20))).gaps.map(opened);

  it('is not missed for ever: after four weeks nobody knows what was normal', () => {
    expect(open).toMatchObject([{ kind: 'SOURCE_REDUCED', since: at(28, 0) }]);
    const endingsOn = (day: number) => endings(judgedAt(at(day, 1, 20), until(at(day, 1, 20)), { open }));
    expect([38, 56, 57].map(endingsOn)).toEqual([[], [], ['NOT_EXPECTED']]);
  });
  it('is not found again then', () => expect(kinds(judgedAt(at(60, 1, 20), until(at(60, 1, 20))))).toEqual([]));
});

describe('a source that cannot be read', () => {
  const now = at(2, 0, 30);
  const arrivals = (dead: number) => [...steady(2), { at: at(2, 0, 20), events: 900, dead }];

  it('is found from a tenth of what arrives on', () => {
    expect(kinds(judgedAt(now, arrivals(99)))).toEqual([]);
    const found = judgedAt(now, arrivals(300));
    expect(found.gaps).toMatchObject([{ kind: 'PARSER_FAILING', severity: 'MEDIUM' }]);
    expect(figuresOf(found)).toMatchObject({ unread: 300, percent: 25 });
  });

  it('is not found by a handful', () =>
    expect(kinds(judgedAt(at(3, 0, 30), [...steady(2), { at: at(3, 0, 20), events: 1, dead: 19 }]))).not.toContain(
      'PARSER_FAILING',
    ));

  it('is over when what arrives can be read', () => {
    const open = judgedAt(now, arrivals(300)).gaps.map(opened);
    const later = [...arrivals(300), { at: at(2, 2), events: 50, dead: 1 }];
    expect(endings(judgedAt(at(2, 1, 59), arrivals(300), { open }))).toEqual([]);
    expect(endings(judgedAt(at(2, 2, 1), later, { open }))).toEqual(['DATA_RETURNED']);
  });
});
