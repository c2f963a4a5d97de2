import type { ClusteringFact, FindingSummary } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { caseOf, given, later, opening, opens, place } from '../../../test/placements.js';
import { finding } from '../../../test/samples.js';

const RULE = { ruleId: 'traffic-of-a-controlled-host' };
/** A beacon on the wire, as the sensor sees it: a private address and a public one, no names. */
const BEACON = 'ip:10.20.0.7 ip:203.0.113.66';
const KEY = 'src_ip=10.20.0.7';
const first = finding('a', BEACON, RULE);
const again = (shares: string, ms: number, special: Partial<FindingSummary> = {}): FindingSummary =>
  finding('c', shares, later(ms, { ...RULE, ...special }));
const joins = { type: 'clustering.finding-placed', opened: false, number: 1001, caseId: caseOf('a') } as const;

describe('what a rule finds again on the same group key', () => {
  it('in the next window belongs to the case of the first', () =>
    given(opening(first, 1001, KEY))
      .when(place(again(BEACON, 57 * MINUTE_MS), KEY))
      .thenLike({
        ...joins,
        groupKey: KEY,
        because: 'is of the same rule and group (src_ip=10.20.0.7) as one of case 1001, 57 min apart',
      }));
  it('belongs to it with another controller, for a day', () =>
    given(opening(first, 1001, KEY))
      .when(place(again('ip:10.20.0.7 ip:198.51.100.9', 23 * HOUR_MS), KEY))
      .thenLike(joins));
  it('opens a case when a day was quiet', () =>
    given(opening(first, 1001, KEY))
      .when(place(again(BEACON, 25 * HOUR_MS), KEY))
      .thenLike(opens));
  it('opens a case once the first is closed', () =>
    given(opening(first, 1001, KEY), { type: 'clustering.case-released', caseId: caseOf('a'), at: 1 })
      .when(place(again(BEACON, HOUR_MS), KEY))
      .thenLike(opens));
  it('belongs to a case of an account whose other names are new', () =>
    given(opening(finding('a', 'cloud-principal:arn:1', RULE), 1001, 'repo=shop'))
      .when(place(again('cloud-principal:arn:2', 2 * HOUR_MS), 'repo=shop'))
      .thenLike(joins));
  it.each<[string, Partial<FindingSummary>, string]>([
    ['of another rule', { ruleId: 'another' }, KEY],
    ['of another group key', {}, 'src_ip=10.20.0.8'],
    ['whose group key was not told', {}, ''],
  ])('is no finding %s', (_, special, key) =>
    given(opening(first, 1001, KEY))
      .when(place(again(BEACON, HOUR_MS, special), key))
      .thenLike(opens),
  );
  it.each([
    ['a resolver', 'dest_ip=8.8.8.8', 'host:ws6 ip:10.0.0.6 ip:8.8.8.8', 'host:ws9 ip:10.0.0.9 ip:8.8.8.8'],
    ['a resolver, hosts unnamed', 'dest_ip=8.8.8.8', 'ip:10.0.0.6 ip:8.8.8.8', 'ip:10.0.0.9 ip:8.8.8.8'],
    ['a resolver of a few', 'dest_ip=192.0.2.53', 'ip:10.0.0.6 ip:192.0.2.53', 'ip:10.0.0.9 ip:192.0.2.53'],
    ['a popular file', 'hashes=aa', 'host:ws6 hash:aa', 'host:ws9 hash:aa'],
    ['a popular file from one resolver', 'hashes=aa', 'host:ws6 hash:aa ip:8.8.8.8', 'host:ws9 hash:aa ip:8.8.8.8'],
    ['a domain controller', 'user=bob', 'host:ws6 ip:10.0.0.1', 'host:ws9 ip:10.0.0.1'],
    ['an account that all have', 'user=nt authority\\system', 'process:cmd.exe', 'process:cmd.exe'],
    ['an event without a name', 'host:unknown', 'process:cmd.exe', 'process:cmd.exe'],
    ['fields without values', 'user=- src_ip=127.0.0.1', 'process:cmd.exe', 'process:cmd.exe'],
  ])('does not tie machines that share only %s', (_, key, one, other) => {
    given(opening(finding('a', one, RULE), 1001, key))
      .when(place(again(other, 10 * MINUTE_MS), key))
      .thenLike(opens);
  });
  it('on an address that all have, of the machine of before, belongs together', () =>
    given(opening(finding('a', 'ip:10.0.0.6 ip:8.8.8.8', RULE), 1001, 'dest_ip=8.8.8.8'))
      .when(place(again('ip:10.0.0.6 ip:8.8.8.8', HOUR_MS), 'dest_ip=8.8.8.8'))
      .thenLike(joins));
});

describe('the group of a finding', () => {
  const beacon = place(again(BEACON, HOUR_MS), KEY);
  const unrelated = opening(finding('b', 'host:ws1'), 1002);
  const actor = { subject: 'ada', side: 'PROVIDER' } as const;
  it('is known where it was merged into', () =>
    given(opening(first, 1001, KEY), unrelated, {
      type: 'clustering.cases-merged',
      fromCaseId: caseOf('a'),
      intoCaseId: caseOf('b'),
      findings: [first],
      reason: 'one',
      by: actor,
      at: 1,
    } satisfies ClusteringFact)
      .when(beacon)
      .thenLike({ type: 'clustering.finding-placed', opened: false, number: 1002 }));
  const joined = { ...opening(first, 1001, KEY), caseId: caseOf('b'), opened: false } as ClusteringFact;
  it('goes with it when it is split off', () =>
    given(opening(finding('b', 'host:ws1')), joined, {
      type: 'clustering.case-split',
      fromCaseId: caseOf('b'),
      caseId: 'new',
      number: 1002,
      findings: [first],
      reason: 'unrelated',
      by: actor,
      at: 1,
    } satisfies ClusteringFact)
      .when(beacon)
      .thenLike({ type: 'clustering.finding-placed', opened: false, number: 1002, caseId: 'new' }));
  it('is known of a case let go among a thousand others', () => {
    const many = Array.from({ length: 1_100 }, (_, index) =>
      opening(finding(`f${index}`, `host:h${index}`, later((index + 1) * 1_000)), 1002 + index),
    );
    given(opening(first, 1001, KEY), ...many)
      .when(beacon)
      .thenLike(joins);
  });
  it('is known of an informational one that waited', () => {
    const held = given()
      .when(place({ ...first, severity: 'INFORMATIONAL' }, KEY))
      .facts();
    given(...held)
      .when(beacon)
      .thenLike({ ...opens, number: 1001 }, { ...joins, caseId: caseOf('c'), groupKey: KEY });
  });
});
