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
  modified: null,
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

  it.each([
    ['ip-address', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['ip-address', '198.51.100.1', '::ffff:198.51.100.1'],
    ['domain', 'evil.test', 'Evil.TEST.'],
    ['domain', 'bücher.test', 'xn--bcher-kva.test'],
    ['domain', 'xn--bcher-kva.test', 'BÜCHER.test.'],
    ['url', 'http://evil.test/a', 'HTTP://Evil.test:80/A'],
    ['file-hash', 'AB'.repeat(32), 'ab'.repeat(32)],
    ['email-address', 'A@B.test', 'a@b.test.'],
    ['file-hash', 'of-no-form', 'OF-NO-FORM'],
  ])('meets %s %s in an event that writes %s', (kind, value, inEvent) => {
    const index = new IndicatorIndex();
    index.learn(OPERATOR, 1, [{ ...bad, kind, value }]);
    expect(index.match('acme', 1_500, [{ kind, value: inEvent }])).toHaveLength(1);
  });
});
