import { HOUR_MS } from '#libs/terms';
import { daysOf, isIn, monthOf, nextReport, periodBefore, weekOf } from './period.js';

const at = (iso: string): number => Date.parse(iso);

describe('a week', () => {
  it('begins on Monday at midnight where the tenant is', () =>
    expect(weekOf(at('2026-11-18T12:00:00Z'), 'Asia/Tokyo')).toEqual({
      from: at('2026-11-15T15:00:00Z'),
      to: at('2026-11-22T15:00:00Z'),
    }));
  it('lasts 167 hours when clocks go forward', () => {
    const week = weekOf(at('2026-03-25T12:00:00Z'), 'Europe/Paris');
    expect(week).toEqual({ from: at('2026-03-22T23:00:00Z'), to: at('2026-03-29T22:00:00Z') });
    expect((week.to - week.from) / HOUR_MS).toBe(167);
  });
  it('lasts 169 hours when clocks go back', () => {
    const week = weekOf(at('2026-10-25T12:00:00Z'), 'Europe/Paris');
    expect((week.to - week.from) / HOUR_MS).toBe(169);
  });
  it('belongs to Sunday until midnight', () =>
    expect(weekOf(at('2026-11-22T22:59:59Z'), 'Europe/Paris').to).toBe(at('2026-11-22T23:00:00Z')));
});

describe('a month', () => {
  it('begins on the first at midnight where the tenant is', () =>
    expect(monthOf(at('2026-11-18T12:00:00Z'), 'America/New_York')).toEqual({
      from: at('2026-11-01T04:00:00Z'),
      to: at('2026-12-01T05:00:00Z'),
    }));
});

describe('the next weekly report', () => {
  it('is due on Monday at six, on the week that has ended', () =>
    expect(nextReport('WEEKLY', at('2026-11-18T12:00:00Z'), 'Europe/Paris')).toEqual({
      from: at('2026-11-15T23:00:00Z'),
      to: at('2026-11-22T23:00:00Z'),
      dueAt: at('2026-11-23T05:00:00Z'),
    }));
  it('is that of last week on Monday before six', () =>
    expect(nextReport('WEEKLY', at('2026-11-23T04:59:59Z'), 'Europe/Paris').dueAt).toBe(at('2026-11-23T05:00:00Z')));
  it('is a week away on Monday at six', () =>
    expect(nextReport('WEEKLY', at('2026-11-23T05:00:00Z'), 'Europe/Paris').dueAt).toBe(at('2026-11-30T05:00:00Z')));
  it("keeps six o'clock through the change of clocks", () =>
    expect(nextReport('WEEKLY', at('2026-03-27T12:00:00Z'), 'Europe/Paris').dueAt).toBe(at('2026-03-30T04:00:00Z')));
});

describe('the next monthly report', () => {
  it('is due on the first at six where the tenant is, on the month that has ended', () =>
    expect(nextReport('MONTHLY', at('2026-11-18T12:00:00Z'), 'Europe/Paris')).toEqual({
      from: at('2026-10-31T23:00:00Z'),
      to: at('2026-11-30T23:00:00Z'),
      dueAt: at('2026-12-01T05:00:00Z'),
    }));
  it('is that of last month on the first before six, and a month away at six', () => {
    const due = at('2026-03-01T05:00:00Z');
    expect(nextReport('MONTHLY', due - 1, 'Europe/Paris').dueAt).toBe(due);
    expect(nextReport('MONTHLY', due, 'Europe/Paris').dueAt).toBe(at('2026-04-01T04:00:00Z'));
  });
});

describe('the period before', () => {
  it('of a whole week is the week before, by the calendar', () =>
    expect(periodBefore(weekOf(at('2026-04-01T12:00:00Z'), 'Europe/Paris'), 'WEEKLY', 'Europe/Paris')).toEqual(
      weekOf(at('2026-03-25T12:00:00Z'), 'Europe/Paris'),
    ));
  it('of anything else has the same length', () =>
    expect(periodBefore({ from: 1_000, to: 1_500 }, 'WEEKLY', 'UTC')).toEqual({ from: 500, to: 1_000 }));
});

describe('days of a period', () => {
  it('are local days, one of them of 23 hours', () => {
    const days = daysOf(weekOf(at('2026-03-25T12:00:00Z'), 'Europe/Paris'), 'Europe/Paris');
    expect(days.map(({ date }) => date)).toEqual([
      '2026-03-23',
      '2026-03-24',
      '2026-03-25',
      '2026-03-26',
      '2026-03-27',
      '2026-03-28',
      '2026-03-29',
    ]);
    expect((days[6]!.to - days[6]!.from) / HOUR_MS).toBe(23);
  });
  it('are cut to the period', () =>
    expect(daysOf({ from: at('2026-11-18T10:00:00Z'), to: at('2026-11-19T01:00:00Z') }, 'UTC')).toEqual([
      { date: '2026-11-18', from: at('2026-11-18T10:00:00Z'), to: at('2026-11-19T00:00:00Z') },
      { date: '2026-11-19', from: at('2026-11-19T00:00:00Z'), to: at('2026-11-19T01:00:00Z') },
    ]));
});

it('holds its beginning and not its end', () => {
  expect(isIn(1, { from: 1, to: 2 })).toBe(true);
  expect(isIn(2, { from: 1, to: 2 })).toBe(false);
  expect(isIn(null, { from: 0, to: 2 })).toBe(false);
});
