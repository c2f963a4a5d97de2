import { openRates } from './rates.js';

const rate = { perSecond: 2, burst: 4 };

it('lets a burst pass, then says how long to wait, for that caller alone', () => {
  const rates = openRates(rate);
  expect([1, 2, 3, 4].map(() => rates.take('ada', 1, 0))).toEqual([0, 0, 0, 0]);
  expect([rates.take('ada', 1, 0), rates.take('bob', 1, 0)]).toEqual([500, 0]);
  expect([rates.take('ada', 1, 499), rates.take('ada', 1, 500), rates.take('ada', 1, 500)]).toEqual([1, 0, 500]);
});
it('fills up to the burst, however long nobody came', () => {
  const rates = openRates(rate);
  rates.take('ada', 4, 0);
  expect([rates.take('ada', 4, 1_000_000), rates.take('ada', 1, 1_000_000)]).toEqual([0, 500]);
});
it('takes what costs more than a burst from a full bucket', () => {
  const rates = openRates(rate);
  expect([rates.take('ada', 100, 0), rates.take('ada', 100, 0), rates.take('ada', 100, 2_000)]).toEqual([0, 2_000, 0]);
});
it('is not moved by a clock that runs backwards', () => {
  const rates = openRates(rate);
  rates.take('ada', 4, 1_000);
  expect(rates.take('ada', 1, 0)).toBe(500);
});
it('forgets whoever came longest ago when there are too many', () => {
  const rates = openRates(rate, 2);
  for (const caller of ['ada', 'bob', 'ada', 'carol']) rates.take(caller, 2, 0);
  expect([rates.take('ada', 1, 0), rates.take('carol', 1, 0)]).toEqual([500, 0]);
});
