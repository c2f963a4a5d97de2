import type { Indicator } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { IndicatorIndex } from './indicator-index.js';

const bad: Indicator = {
  indicatorId: 'indicator--1',
  name: 'Beacon',
  kind: 'domain',
  value: 'c2.test',
  confidence: 80,
  tlp: 'RED',
  validFrom: 1_000,
  validUntil: 2_000,
  techniques: [],
};
const seen = [
  { kind: 'ip-address', value: 'c2.test' },
  { kind: 'domain', value: 'C2.test' },
];

describe('the index of indicators', () => {
  it('finds what is valid when the event happened', () => {
    const index = new IndicatorIndex();
    index.learn(OPERATOR, 1, [bad]);
    expect(index.match('acme', 1_000, seen)).toEqual([
      { indicatorId: 'indicator--1', name: 'Beacon', kind: 'domain', value: 'c2.test', confidence: 80, tlp: 'RED' },
    ]);
    expect(index.match('acme', 999, seen)).toEqual([]);
    expect(index.match('acme', 2_000, seen)).toEqual([]);
  });

  it("keeps a tenant's own indicators to its own events", () => {
    const index = new IndicatorIndex();
    index.learn('acme', 1, [bad]);
    expect(index.match('acme', 1_500, seen)).toHaveLength(1);
    expect(index.match('globex', 1_500, seen)).toEqual([]);
  });

  it('does not go back to an older version', () => {
    const index = new IndicatorIndex();
    index.learn(OPERATOR, 2, [{ ...bad, confidence: 10 }]);
    index.learn(OPERATOR, 1, [bad]);
    expect(index.match('acme', 1_500, seen)).toMatchObject([{ confidence: 10 }]);
    expect(index.size).toBe(1);
  });
});
