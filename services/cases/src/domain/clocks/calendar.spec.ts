import * as fc from 'fast-check';
import { HOUR_MS, DAY_MS } from '#libs/terms';
import { at, paris, week } from '../../../test/hours.js';
import { type CountedHours, addCounted, countedBetween } from './calendar.js';

describe('a clock of business hours', () => {
  const oneHour = HOUR_MS;
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
    expect(addCounted(0, 1, never)).toBeGreaterThan(9 * 365 * DAY_MS);
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
