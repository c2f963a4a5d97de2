import { lostOf, shownAt, shownBy, waitsOf, withinOf } from './figures.js';

it('tells what all but a share took no longer than', () => {
  const took = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect([withinOf(took, 0.5), withinOf(took, 0.99), withinOf([7], 0.99), withinOf([], 0.5)]).toEqual([
    50,
    99,
    7,
    undefined,
  ]);
  expect(waitsOf([1.4])).toEqual({ count: 1, p50Ms: 1, p99Ms: 1 });
});

it('counts a range once, as it was told last', () => {
  const range = { partition: 0, fromOffset: 0, accepted: 5, dead: 0 };
  expect(shownBy([range, { ...range, accepted: 7, dead: 1 }, { ...range, partition: 1 }])).toBe(13);
});

it('calls lost what was acknowledged and is not shown, and never less than nothing', () => {
  expect([lostOf({ acknowledged: 5, shown: 3 }), lostOf({ acknowledged: 5, shown: 6 })]).toEqual([2, 0]);
});

it('tells how long those took that are shown by now', () => {
  const [first, second] = [
    { sum: 10, at: 100 },
    { sum: 20, at: 200 },
  ];
  expect(shownAt([first, second], 15, 1_000)).toEqual({ tookMs: [900], waiting: [second] });
});
