import { growthOf, growthOfText, leastCpuMs, LINEAR } from './growth.js';

const blanks = (size: number): string => `${' '.repeat(size)}x`;

it.each<[string, (text: string) => unknown]>([
  ['a pass over it', (text) => text.split(' ').length],
  ['an anchored expression', (text) => /^\s*x$/.test(text)],
  ['next to nothing', (text) => text.length],
  ['a list made of it', (text) => Array.from(text, (one) => ({ one })).length],
])('grows with its text: %s', (_, read) =>
  expect(growthOf((size) => () => void read(blanks(size)), 4_096)).toBeLessThan(LINEAR),
);

// Sizes at which the search is most of the work: one looks at many bytes at once.
it.each<[string, number, (text: string) => unknown]>([
  ['an expression that looks back', 4_096, (text) => /\s+$/.test(text)],
  ['a search from each place on', 32_768, (text) => Array.from(text, (_one, at) => text.indexOf('y', at))],
])('is seen to grow faster: %s', (_, size, read) =>
  expect(growthOfText(read, ' ', { end: 'x', size })).toBeGreaterThan(LINEAR),
);

it('counts the quickest run, and no more than are needed', () => {
  let runs = 0;
  const work = (): void => void (runs += 1);
  expect(leastCpuMs(work, 5, 60_000)).toBeGreaterThanOrEqual(0);
  expect(runs).toBe(1);
});
