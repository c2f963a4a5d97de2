import { CountLimit } from './count-limit.js';

it('things are counted by key', () => {
  const limit = new CountLimit(2);
  expect([limit.enter('a'), limit.enter('a'), limit.enter('a'), limit.enter('b')]).toEqual([true, true, false, true]);
  limit.leave('a');
  expect(limit.enter('a')).toBe(true);
});
