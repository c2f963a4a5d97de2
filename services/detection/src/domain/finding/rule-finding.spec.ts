import { groupsOf, idOfHit, type HitGroup } from '../hits/groups.js';
import { findingOf } from './rule-finding.js';
import { indicatorHits } from '../hits/indicator-match.js';
import { asset, at, context, event, hit, indicator, minutes, origin } from '../../../test/domain-samples.js';
import type { Hit } from '../hits/hit.js';

const groupOf = (...hits: [Hit, ...Hit[]]): HitGroup => ({ findingId: 'f', hits });
const raise = (...hits: [Hit, ...Hit[]]) => findingOf(origin, groupOf(...hits), [], at + minutes(1));

describe('the id of a finding', () => {
  const id = idOfHit('acme', hit(1));
  it('is the same for the same rule, group and window', () => expect(idOfHit('acme', hit(2))).toBe(id));
  it.each<[string, string, Hit]>([
    ['tenant', 'globex', hit(1)],
    ['rule', 'acme', hit(1, { detection: { ...hit(1).detection, id: 'rule-2' } })],
    ['group', 'acme', hit(1, { groupKey: 'computer=ws6' })],
    ['window', 'acme', hit(1, { event: event(1, { occurredAt: at + minutes(60) }) })],
  ])('is another for another %s', (_, tenant, other) => expect(idOfHit(tenant, other)).not.toBe(id));
});

describe('hits', () => {
  it('of one batch are grouped by finding, in their order', () => {
    const other = hit(2, { groupKey: 'computer=ws6' });
    expect(
      groupsOf('acme', [hit(1), other, hit(3)]).map(({ hits }) => hits.map(({ event: { offset } }) => offset)),
    ).toEqual([[1, 3], [2]]);
  });
});

describe('a finding', () => {
  it('says which detection, when, and how sure', () =>
    expect(raise(hit(2), hit(1))).toMatchObject({
      type: 'finding.raised',
      findingId: 'f',
      groupKey: 'computer=ws5',
      windowStart: at,
      windowEnd: at + minutes(60),
      severity: 'HIGH',
      confidence: 75,
      rule: { id: 'rule-1', title: 'LSASS dumped', level: 'HIGH', runbook: 'Triage: look.' },
      techniques: ['T1003.001'],
      source: 'edr',
      kind: 'WINDOWS',
      occurredAt: at + 1,
      ingestedAt: at + 5_000,
      detectedAt: at + minutes(1),
      eventsTruncated: false,
    }));
  it('embeds ten events at most, and says that there were more', () => {
    const many = Array.from({ length: 11 }, (_, index) => hit(index + 2));
    expect(raise(hit(1), ...many.slice(0, 9))).toMatchObject({ eventsTruncated: false });
    const finding = raise(hit(1), ...many);
    expect(finding.events.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, index) => `event-${index + 1}`));
    expect(finding.eventsTruncated).toBe(true);
  });
  it('embeds 256 KiB at most: a larger event is named without its bytes', () => {
    const large = (offset: number, bytes: number) =>
      hit(offset, { event: event(offset, { native: Buffer.alloc(bytes, 'x') }) });
    const finding = raise(large(1, 300_000), large(2, 200_000), large(3, 100_000), large(4, 50_000));
    expect(finding.events.map(({ native }) => native.length)).toEqual([0, 200_000, 0, 50_000]);
    expect(finding.eventsTruncated).toBe(true);
  });
  it('says what stood around its events, 64 KiB at most', () => {
    const around = (offset: number, envelope: Buffer | null) => hit(offset, { event: event(offset, { envelope }) });
    const host = Buffer.from('{"host":{"name":"srv9"}}');
    const finding = raise(
      around(1, host),
      around(2, Buffer.alloc(65_000)),
      around(3, Buffer.alloc(1_000)),
      around(4, null),
    );
    expect(finding.events.map(({ envelope }) => envelope?.length)).toEqual([host.length, 65_000, undefined, undefined]);
    expect(finding.eventsTruncated).toBe(true);
  });
  it('carries what is known of its assets, identities and indicators, each once', () => {
    const known = context({ asset: asset('CRITICAL'), indicators: [indicator(85)] });
    const finding = raise(hit(1, { context: known }), hit(2, { context: known }));
    expect(finding).toMatchObject({ severity: 'CRITICAL', confidence: 90 });
    expect([finding.assets.length, finding.indicators.length]).toEqual([1, 1]);
  });
  it('explains itself, in bounds', () => {
    const long = { selection: 'selection', field: 'CommandLine', value: 'x'.repeat(5_000) };
    const { explanation } = findingOf(
      origin,
      groupOf(hit(1)),
      Array.from({ length: 50 }, () => long),
      at,
    );
    expect([explanation.length, explanation[0]?.value.length]).toEqual([30, 1_024]);
  });
});

describe('an indicator alone', () => {
  const hits = (confidence: number, special = {}) =>
    indicatorHits(event(1), context({ indicators: [indicator(confidence)], ...special }), minutes(60));
  it('is a finding from 50 of 100 on', () => expect([hits(49).length, hits(50).length]).toEqual([0, 1]));
  it('is of higher level with more confidence', () =>
    expect([hits(79)[0]?.detection.level, hits(80)[0]?.detection.level]).toEqual(['MEDIUM', 'HIGH']));
  it('does not raise its own severity; a critical asset does', () => {
    const severity = ([first]: Hit[]) => first && raise(first).severity;
    expect([severity(hits(85)), severity(hits(85, { asset: asset('CRITICAL') }))]).toEqual(['HIGH', 'CRITICAL']);
  });
  it('explains itself', () =>
    expect(hits(85).map((one) => raise(one).explanation)).toEqual([
      [{ selection: 'Beacon', field: 'ip-address', value: '203.0.113.66' }],
    ]));
  it('is grouped by indicator and entity', () =>
    expect(hits(85)[0]?.groupKey).toBe('indicator--1 203.0.113.66 host:ws5'));
});
