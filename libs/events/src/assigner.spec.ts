import { assign, type PartitionAssignment } from './assigner.js';

const partitions: Record<string, number> = { a: 4, b: 2, c: 1 };
const partitionsOf = (topic: string): number[] => Array.from({ length: partitions[topic] ?? 0 }, (_, index) => index);
const share = (given: Map<string, PartitionAssignment>, id: string): PartitionAssignment | undefined => given.get(id);

describe('assign', () => {
  it('spreads the partitions of a topic over the members that listed it', () => {
    const given = assign(
      [
        { id: '2', topics: ['a'] },
        { id: '1', topics: ['a'] },
      ],
      partitionsOf,
    );
    expect(share(given, '1')).toEqual({ a: [0, 2] });
    expect(share(given, '2')).toEqual({ a: [1, 3] });
  });

  it('gives a topic that one member knows to that member, whoever leads', () => {
    const given = assign(
      [
        { id: '1', topics: ['a'] },
        { id: '2', topics: ['a', 'c'] },
      ],
      partitionsOf,
    );
    expect(share(given, '2')).toMatchObject({ c: [0] });
    expect(share(given, '1')).not.toHaveProperty('c');
  });

  it('evens out over topics', () => {
    const given = assign(
      [
        { id: '1', topics: ['a', 'b'] },
        { id: '2', topics: ['b'] },
      ],
      partitionsOf,
    );
    expect(share(given, '1')).toEqual({ a: [0, 1, 2, 3] });
    expect(share(given, '2')).toEqual({ b: [0, 1] });
  });

  it('gives each partition exactly once, and none to a member that listed nothing', () => {
    const members = [
      { id: '1', topics: ['a', 'b', 'c'] },
      { id: '2', topics: [] },
      { id: '3', topics: ['c', 'b', 'gone'] },
    ];
    const all = [...assign(members, partitionsOf).values()].flatMap((own) =>
      Object.entries(own).flatMap(([topic, list]) => list.map((partition) => `${topic}${partition}`)),
    );
    expect(all.sort()).toEqual(['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'c0']);
    expect(assign(members, partitionsOf).get('2')).toEqual({});
  });

  it('does not depend on the order of the members', () => {
    const members = [
      { id: 'x', topics: ['a', 'b'] },
      { id: 'y', topics: ['b'] },
      { id: 'z', topics: ['a'] },
    ];
    expect(assign([...members].reverse(), partitionsOf)).toEqual(assign(members, partitionsOf));
  });
});
