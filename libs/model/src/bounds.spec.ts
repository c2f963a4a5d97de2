import { cut, firstAndLatest, latestWithin } from './bounds.js';

it('cuts a long text and says so', () => expect([cut('abc', 3), cut('abcd', 3)]).toEqual(['abc', 'ab…']));
it('keeps how it began and the latest', () =>
  expect([firstAndLatest([1, 2, 3], 3), firstAndLatest([1, 2, 3, 4], 3)]).toEqual([
    [1, 2, 3],
    [1, 3, 4],
  ]));
it('keeps as many of the latest as fit, and at least one', () => {
  const length = (text: string): number => text.length;
  expect(latestWithin(['aaa', 'b', 'cc'], { count: 9, size: 3 }, length)).toEqual(['b', 'cc']);
  expect(latestWithin(['aaa', 'b', 'cc'], { count: 1, size: 9 }, length)).toEqual(['cc']);
  expect(latestWithin(['aaaa'], { count: 9, size: 3 }, length)).toEqual(['aaaa']);
});
