import type { BusinessCalendar, CaseClock, SlaTarget } from '#contracts';
import { DateTime } from 'luxon';
import * as fc from 'fast-check';
import { addCounted, countedBetween, type CountedHours } from './calendar.js';
import {
  pauseClocks,
  raiseClocks,
  restartClock,
  resumeClocks,
  standingOf,
  startClocks,
  stopClocks,
  type ServiceLevels,
} from './case-clocks.js';

const week = (start: string, end: string, weekdays = [1, 2, 3, 4, 5]): BusinessCalendar['days'] =>
  weekdays.map((weekday) => ({ weekday, start, end }));
const paris: CountedHours = {
  timeZone: 'Europe/Paris',
  calendar: { days: week('09:00', '17:00'), holidays: ['2026-11-11'] },
};
const at = (text: string, zone = 'Europe/Paris'): number => DateTime.fromISO(text, { zone }).toMillis();
const target = (special: Partial<SlaTarget> = {}): SlaTarget => ({
  severity: 'HIGH',
  kind: 'ACKNOWLEDGE',
  minutes: 60,
  businessHours: true,
  ...special,
});
const levels = (...sla: SlaTarget[]): ServiceLevels => ({ sla, calendar: paris.calendar, timeZone: 'Europe/Paris' });
const only = (clocks: CaseClock[]): CaseClock => {
  expect(clocks).toHaveLength(1);
  return clocks[0] as CaseClock;
};

describe('a clock of business hours', () => {
  const oneHour = 3_600_000;
  it.each([
    ['started at 16:30 is due at 09:30 on the next business day', '2026-11-02T16:30', '2026-11-03T09:30'],
    ['started on a Friday is due on Monday', '2026-11-06T16:30', '2026-11-09T09:30'],
    ['started before opening counts from opening', '2026-11-03T03:00', '2026-11-03T10:00'],
    ['started at the end of the day counts from the next opening', '2026-11-03T17:00', '2026-11-04T10:00'],
    ['passes over a holiday', '2026-11-10T16:30', '2026-11-12T09:30'],
    ['may be due exactly at closing', '2026-11-03T16:00', '2026-11-03T17:00'],
    ['passes over the weekend in which clocks change', '2026-10-23T16:30', '2026-10-26T09:30'],
  ])('%s', (_what, from, due) => expect(addCounted(at(from), oneHour, paris)).toBe(at(due)));

  it('counts the hour that a night in spring does not have', () => {
    const nights: CountedHours = {
      timeZone: 'Europe/Paris',
      calendar: { days: week('00:00', '24:00', [1, 2, 3, 4, 5, 6, 7]), holidays: [] },
    };
    expect(addCounted(at('2026-03-29T01:00'), 2 * oneHour, nights)).toBe(at('2026-03-29T04:00'));
    expect(countedBetween(at('2026-10-25T00:00'), at('2026-10-26T00:00'), nights)).toBe(25 * oneHour);
  });
  it('follows the zone of the customer', () => {
    const tokyo = { ...paris, timeZone: 'Asia/Tokyo' };
    expect(addCounted(at('2026-11-02T16:30', 'Asia/Tokyo'), oneHour, tokyo)).toBe(at('2026-11-03T09:30', 'Asia/Tokyo'));
  });
  it('without opening hours always runs', () =>
    expect(addCounted(5, 10, { ...paris, calendar: { days: [], holidays: [] } })).toBe(15));
  it('that never opens is given up rather than searched for ever', () => {
    const never = { ...paris, calendar: { days: [{ weekday: 9, start: '09:00', end: '17:00' }], holidays: [] } };
    expect(addCounted(0, 1, never)).toBeGreaterThan(9 * 365 * 86_400_000);
  });
  it('counts what it adds', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400 }), fc.integer({ min: 1, max: 5_000 }), (seconds, minutes) => {
        const from = at('2026-01-01T00:00') + seconds * 1_000;
        expect(countedBetween(from, addCounted(from, minutes * 60_000, paris), paris)).toBe(minutes * 60_000);
      }),
      { numRuns: 50 },
    ));
});

describe('clocks of a case', () => {
  const monday = at('2026-11-02T10:00');
  it('are those of its severity', () =>
    expect(
      startClocks('HIGH', monday, levels(target(), target({ severity: 'LOW' }))).map(({ dueAt }) => dueAt),
    ).toEqual([at('2026-11-02T11:00')]));
  it('are none without settings', () => expect(startClocks('HIGH', monday, undefined)).toEqual([]));
  it('warn when three quarters are used', () =>
    expect(only(startClocks('HIGH', monday, levels(target()))).warnAt).toBe(at('2026-11-02T10:45')));
  it('stand still while the customer is waited for', () => {
    const [clocks, sla] = [startClocks('HIGH', monday, levels(target())), levels(target())];
    const paused = pauseClocks(clocks, at('2026-11-02T10:20'));
    expect(only(resumeClocks(paused, at('2026-11-02T16:50'), sla))).toMatchObject({
      dueAt: at('2026-11-03T09:30'),
      warnAt: at('2026-11-03T09:15'),
      pausedAt: null,
    });
  });
  it('pause once, and only while they run', () => {
    const clocks = stopClocks(startClocks('HIGH', monday, levels(target())), ['ACKNOWLEDGE'], monday);
    expect(pauseClocks(clocks, monday + 1)).toEqual(clocks);
    const paused = pauseClocks(startClocks('HIGH', monday, levels(target())), monday);
    expect(pauseClocks(paused, monday + 9)).toEqual(paused);
  });
  it('do not come back from a breach by waiting', () => {
    const paused = pauseClocks(startClocks('HIGH', monday, levels(target())), at('2026-11-02T12:00'));
    expect(only(resumeClocks(paused, at('2026-11-02T13:00'), levels(target()))).dueAt).toBe(at('2026-11-02T11:00'));
  });
  it('get the shorter target of a higher severity, and never a later due time', () => {
    const sla = levels(
      target({ severity: 'LOW', minutes: 240 }),
      target({ minutes: 30 }),
      target({ kind: 'CONTAIN', minutes: 60 }),
    );
    const low = startClocks('LOW', monday, sla);
    expect(raiseClocks(low, 'HIGH', monday + 60_000, sla).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['ACKNOWLEDGE', at('2026-11-02T10:31')],
      ['CONTAIN', at('2026-11-02T11:01')],
    ]);
    expect(raiseClocks(low, 'HIGH', at('2026-11-02T13:50'), sla)[0]).toEqual(low[0]);
  });
  it('start anew when a closed case goes on', () => {
    const sla = levels(target({ kind: 'RESOLVE' }));
    const stopped = stopClocks(startClocks('HIGH', monday, sla), ['RESOLVE'], monday + 1);
    expect(only(restartClock(stopped, 'RESOLVE', 'HIGH', at('2026-11-03T10:00'), sla))).toMatchObject({
      dueAt: at('2026-11-03T11:00'),
      stoppedAt: null,
    });
  });
});

describe('how a clock stands', () => {
  const monday = at('2026-11-02T10:00');
  const sla = levels(target());
  const clock = only(startClocks('HIGH', monday, sla));
  it.each([
    ['runs', clock, '10:44', { state: 'RUNNING', breachForeseen: false }],
    ['foresees its breach at 75 %', clock, '10:45', { state: 'RUNNING', breachForeseen: true, usedShare: 0.75 }],
    ['is within its target to the last', clock, '11:00', { state: 'RUNNING', usedShare: 1 }],
    ['is breached after it', clock, '11:01', { state: 'BREACHED', breachForeseen: false }],
    [
      'foresees nothing while it stands still',
      { ...clock, pausedAt: at('2026-11-02T10:50') },
      '13:00',
      { state: 'PAUSED', breachForeseen: false },
    ],
    ['was met', { ...clock, stoppedAt: at('2026-11-02T10:59') }, '15:00', { state: 'MET' }],
    ['was reached too late', { ...clock, stoppedAt: at('2026-11-02T11:30') }, '15:00', { state: 'BREACHED' }],
  ])('%s', (_what, one, time, expected) =>
    expect(standingOf(one, at(`2026-11-02T${time}`), sla)).toMatchObject(expected),
  );
});
