import { pagesOf } from './pages.js';

describe('pages', () => {
  const tried = (size: number) => ({
    ruleId: 'r',
    title: 't',
    level: 'LOW' as const,
    matches: 0,
    findings: 0,
    findingsPerDay: 0,
    groups: [],
    costMs: 0,
    samples: [{ eventId: 'e', occurredAt: 0, entity: '', native: Buffer.alloc(size) }],
  });
  it('hold 50 rules', () =>
    expect(pagesOf(Array.from({ length: 101 }, () => tried(0))).map(({ length }) => length)).toEqual([50, 50, 1]));
  it('hold 256 KiB', () =>
    expect(pagesOf(Array.from({ length: 5 }, () => tried(100_000))).map(({ length }) => length)).toEqual([2, 2, 1]));
  it('are one, empty, for nothing', () => expect(pagesOf([])).toEqual([[]]));
});
