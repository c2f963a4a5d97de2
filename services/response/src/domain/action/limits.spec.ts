import { pauseAfter, pauseAt } from './limits.js';

describe('the pause before asking again', () => {
  it('begins with four seconds and doubles', () =>
    expect([0, 1, 2, 3].map(pauseAt)).toEqual([4_000, 8_000, 16_000, 32_000]));
  it('is ten minutes at most', () => expect([7, 8, 1_000].map(pauseAt)).toEqual([512_000, 600_000, 600_000]));
  it('follows from the version of the stream, whose third commit is the first result', () =>
    expect([undefined, 1, 3, 4].map(pauseAfter)).toEqual([4_000, 4_000, 4_000, 8_000]));
});
