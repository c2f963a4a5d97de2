import { ipOf, textOf, timeOf, wholeOf } from './json-values.js';

describe('timeOf', () => {
  it.each([
    ['2020-09-20T16:16:09.362Z', Date.UTC(2020, 8, 20, 16, 16, 9, 362)],
    ['2020-09-20 16:16:06.470', Date.UTC(2020, 8, 20, 16, 16, 6, 470)],
    ['2021-08-02T13:11:39.7724491Z', Date.UTC(2021, 7, 2, 13, 11, 39, 772)],
    ['2017-03-06T06:54:06.047429+0000', Date.UTC(2017, 2, 6, 6, 54, 6, 47)],
    ['2022-02-08 09:23:37+11:00', Date.UTC(2022, 1, 7, 22, 23, 37)],
    ['/Date(1600618566470)/', 1_600_618_566_470],
    [1_600_618_566, 1_600_618_566_000],
    [1_600_618_566_470, 1_600_618_566_470],
  ])('reads %s', (value, expected) => expect(timeOf(value)).toBe(expected));

  it.each(['', '-', 'yesterday', '2020-13-45T00:00:00Z', null, {}, -5])('does not make up a time of %p', (value) => {
    expect(timeOf(value)).toBeUndefined();
  });
});

it('reads numbers, addresses and text as vendors write them', () => {
  expect(wholeOf('0x1f0')).toBe(496);
  expect(wholeOf('x')).toBeUndefined();
  expect(ipOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
  expect(ipOf('LOCAL')).toBeUndefined();
  expect(['203.0.113.7:443', '[2001:db8::1]:443', '[2001:db8::1]', '::1'].map(ipOf)).toEqual([
    '203.0.113.7',
    '2001:db8::1',
    '2001:db8::1',
    '::1',
  ]);
  expect(textOf(' - ')).toBeUndefined();
});
