import { HOUR_MS } from '#libs/terms';
import { countedIn, floods, overBy, shareOf, type RaisedInHour } from './counting.js';
import { floodFinding, floodIdOf, RULE_FLOODS } from './flood-finding.js';
import { at, detection, event, origin } from '../../../test/domain-samples.js';

const limits = { perRule: 3, inAll: 5 };
const raised = (
  before: RaisedInHour | undefined,
  recordedAt: number,
  ...ruleIds: string[]
): [RaisedInHour, (string | undefined)[]] => {
  const counted = countedIn(before, recordedAt);
  return [counted, ruleIds.map((ruleId) => floods(counted, ruleId, limits))];
};

describe('new findings within an hour', () => {
  it('are raised up to what a rule may', () =>
    expect(raised(undefined, at, 'a', 'a', 'a', 'a', 'b')[1]).toEqual([
      undefined,
      undefined,
      undefined,
      'rule',
      undefined,
    ]));
  it('are raised up to what all rules may', () =>
    expect(raised(undefined, at, 'a', 'b', 'c', 'd', 'e', 'f')[1]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'all',
    ]));
  it('are counted on in the same hour, and anew in the next', () => {
    const [before] = raised(undefined, at, 'a', 'a', 'a');
    expect(raised(before, at + HOUR_MS - 1, 'a')[1]).toEqual(['rule']);
    expect(raised(before, at + HOUR_MS, 'a')[1]).toEqual([undefined]);
    expect(before.all).toBe(3);
  });
  it.each(['constructor', '__proto__'])('of rules with odd names are counted, too: %s', (ruleId) => {
    const [before, answers] = raised(undefined, at, ruleId, ruleId, ruleId, ruleId);
    expect(answers.at(-1)).toBe('rule');
    expect(raised(JSON.parse(JSON.stringify(before)) as RaisedInHour, at, ruleId)[1]).toEqual(['rule']);
  });
  it('are forgotten when the hour is over', () => {
    const all = new Map([['acme', raised(undefined, at, 'a')[0]]]);
    expect([overBy(all, at + 1), overBy(all, at + HOUR_MS)]).toEqual([[], ['acme']]);
  });
  it('are shared by places that count alone, a tenth at least', () =>
    expect([1, 6, 48].map((places) => shareOf({ perRule: 1_000, inAll: 10_000 }, places))).toEqual([
      { perRule: 1_000, inAll: 10_000 },
      { perRule: 167, inAll: 1_667 },
      { perRule: 100, inAll: 1_000 },
    ]));
});

describe('the finding that stands for them', () => {
  const hour = at - (at % HOUR_MS);
  const flood = (kind: 'rule' | 'all') => ({
    kind,
    detection: detection({ title: 't'.repeat(200) }),
    hour,
    limits,
    groupKeys: Array.from({ length: 40 }, (_, index) => `group ${index}`),
    events: Array.from({ length: 40 }, (_, index) => event(index)),
  });
  it('says which rule, how much, and shows some', () => {
    const finding = floodFinding(origin, flood('rule'), at);
    expect(finding).toMatchObject({
      rule: { id: RULE_FLOODS, level: 'HIGH' },
      groupKey: 'rule-1',
      windowStart: hour,
      windowEnd: hour + HOUR_MS,
      occurredAt: at,
      detectedAt: at,
      techniques: ['T1003.001'],
      entities: [{ kind: 'host', value: 'ws5' }],
    });
    expect([finding.events.length, finding.explanation.length, finding.rule.title.length <= 200]).toEqual([
      10,
      10,
      true,
    ]);
    expect(finding.rule.description).toContain('raised 3 findings within an hour');
  });
  it('is one for each rule and hour, and one for all rules', () => {
    const ids = [
      floodIdOf('acme', flood('rule')),
      floodIdOf('acme', flood('rule')),
      floodIdOf('acme', { ...flood('rule'), hour: hour + HOUR_MS }),
      floodIdOf('globex', flood('rule')),
      floodIdOf('acme', flood('all')),
    ];
    expect([ids[0] === ids[1], new Set(ids).size]).toEqual([true, 4]);
    expect(floodFinding(origin, flood('all'), at)).toMatchObject({
      rule: { title: 'Rules flood' },
      groupKey: 'all rules',
      techniques: [],
      ruleVersion: null,
    });
  });
});
