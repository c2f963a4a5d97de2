import { ordered, type TimelineEntry } from './case-timeline.js';

const entry = (text: string, at: number, occurredAt: number): TimelineEntry => ({
  at,
  occurredAt,
  kind: 'findings-added',
  text,
  by: null,
  internal: false,
});

describe('a timeline', () => {
  const known = [entry('opened', 10, 5), entry('what came before', 20, 1), entry('contained', 30, 25)];
  const read = (order: 'KNOWN' | 'HAPPENED', latestFirst = false) =>
    ordered(known, { order, latestFirst }).map(({ text }) => text);
  it('is read in the order things were known', () =>
    expect(read('KNOWN')).toEqual(['opened', 'what came before', 'contained']));
  it('is read in the order they happened, though known later', () =>
    expect(read('HAPPENED')).toEqual(['what came before', 'opened', 'contained']));
  it('is read from its end', () => expect(read('HAPPENED', true)).toEqual(['contained', 'opened', 'what came before']));
});
