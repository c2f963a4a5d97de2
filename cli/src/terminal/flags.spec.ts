import { above0, countFrom, oneOf } from './flags.js';

describe('options of commands', () => {
  it('takes one of a list, in any case', () => {
    expect(oneOf(['stream', 'timer'])('TIMER')).toBe('timer');
    expect(() => oneOf(['stream', 'timer'])('timers')).toThrow('one of stream, timer');
  });

  it('takes whole numbers from the least on', () => {
    expect([countFrom(0)('0'), countFrom(1)('100')]).toEqual([0, 100]);
    for (const wrong of ['0', '-1', '1.5', 'abc', ''])
      expect(() => countFrom(1)(wrong)).toThrow('a whole number from 1 on');
    expect(countFrom(1, 256)('256')).toBe(256);
    expect(() => countFrom(1, 256)('257')).toThrow('a whole number from 1 to 256');
  });

  it('takes numbers above 0', () => {
    expect([above0('0.5'), above0('64')]).toEqual([0.5, 64]);
    for (const wrong of ['0', '-1', 'abc', '', ' ', 'Infinity', 'NaN'])
      expect(() => above0(wrong)).toThrow('a number above 0');
  });
});
