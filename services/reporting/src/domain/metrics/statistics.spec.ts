import { shareOf, spreadOf } from './statistics.js';

describe('statistics', () => {
  it('takes the middle of three and the mean of the middle two of four', () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, p90: 9, n: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, p90: 4, n: 4 });
  });
  it('takes the ninth of ten and the eighteenth of nineteen', () => {
    expect(spreadOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])?.p90).toBe(9);
    expect(spreadOf(Array.from({ length: 19 }, (_, index) => index + 1))?.p90).toBe(18);
  });
  it('is null without values', () => {
    expect(spreadOf([])).toBeNull();
    expect(shareOf(0, 0)).toBeNull();
  });
});
