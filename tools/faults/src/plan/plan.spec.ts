import { DECK, KINDS, type FaultKind, type ReplicaName } from './kinds.js';
import { placeOf, planOf } from './plan.js';

const kinds = Object.keys(KINDS) as FaultKind[];
const replicas: ReplicaName[] = [
  { service: 'cases', replica: 1 },
  { service: 'cases', replica: 2 },
  { service: 'detection', replica: 1 },
];
const given = { seed: 7, faults: 50, replicas, kinds, growTo: 6 };

describe('the faults of a seed', () => {
  it('are the same again, and others for another seed', () => {
    expect(planOf(given)).toEqual(planOf(given));
    expect(planOf({ ...given, seed: 8 })).not.toEqual(planOf(given));
  });

  it('begin as those of a longer run do', () =>
    expect(planOf({ ...given, faults: 5 }).map(({ kind }) => kind)).toEqual(
      planOf(given)
        .slice(0, 5)
        .map(({ kind }) => kind),
    ));

  it('are of every kind within one deck', () => {
    const deck = Object.values(DECK).reduce((sum, count) => sum + count, 0);
    expect(new Set(planOf({ ...given, faults: deck }).map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  it('stop a replica for longer than its session lasts', () => {
    const stops = planOf({ ...given, kinds: ['stop'] });
    expect(stops).toHaveLength(50);
    expect(stops.every(({ seconds }) => seconds > 15)).toBe(true);
  });

  it('strike a replica, or what all share', () => {
    const places = new Set(planOf({ ...given, kinds: ['kill', 'broker-stop', 'store-kill'] }).map(placeOf));
    expect([...places].sort()).toEqual(['broker', 'cases-1', 'cases-2', 'detection-1', 'store']);
  });

  it('end a process where its service comes to', () => {
    const crashes = planOf({ ...given, kinds: ['crash'] });
    expect(
      crashes.every(({ what }) =>
        /^(cases|detection):(insert|publish|mark|commit|vendor):(before|after):\d+$/.test(what ?? ''),
      ),
    ).toBe(true);
    expect(crashes.filter(({ what }) => what?.startsWith('detection:mark'))).toEqual([]);
  });

  it.each([
    ['ten', [...replicas, { service: 'response', replica: 1 } as const], 10],
    ['eight, where nobody calls a vendor', replicas, 8],
  ])('end processes before and after each of what they do, once in %s', (_, at, count) => {
    const crashes = planOf({ ...given, faults: 2 * count, replicas: at, kinds: ['crash'] });
    const points = crashes.map(({ what }) => what?.split(':').slice(1, 3).join(':'));
    expect(new Set(points.slice(0, count)).size).toBe(count);
    expect(new Set(points).size).toBe(count);
  });

  it.each([
    ['disk', 3],
    ['vendor', 5],
    ['clock', 2],
  ] as const)('are each that there is of %s once, before any comes again', (kind, count) => {
    const whats = planOf({ ...given, faults: 2 * count, kinds: [kind] }).map(({ what }) => what);
    expect(new Set(whats.slice(0, count)).size).toBe(count);
    expect(new Set(whats.slice(count))).toEqual(new Set(whats.slice(0, count)));
  });

  it('let each service grow once, to as many replicas as are said', () => {
    const grown = planOf({ ...given, faults: 2, kinds: ['grow'] }).map(({ what }) => what);
    expect(grown.sort()).toEqual(['cases:6', 'detection:6']);
  });

  it('are none where no kind is left', () => expect(planOf({ ...given, kinds: [] })).toEqual([]));
});
