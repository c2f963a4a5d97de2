import type { Entity } from '#contracts';
import { foldedEntities, rankedEntities } from './entities.js';

const hashes = Array.from({ length: 90 }, (_, index): Entity => ({ kind: 'hash', value: `${index}` }));

describe('entities', () => {
  it('stand in the order of what they tell: hosts and users before what was met there', () =>
    expect(
      rankedEntities([
        ...hashes.slice(0, 1),
        { kind: 'pipe', value: 'p' },
        { kind: 'user', value: 'bob' },
        { kind: 'host', value: 'dc1' },
        { kind: 'host', value: 'ws6' },
      ]).map(({ value }) => value),
    ).toEqual(['dc1', 'ws6', 'bob', '0', 'p']));
  it('are counted where a list says nothing', () =>
    expect(foldedEntities([...hashes, hashes[0]!, { kind: 'host', value: 'dc1' }])).toEqual([
      { kind: 'host', count: 1, shown: ['dc1'] },
      { kind: 'hash', count: 90, shown: ['0', '1', '2'] },
    ]));
});
