import type { Indicator, IndicatorImport } from '#contracts';
import { scenario, testContext } from '#libs/testing';
import { indicatorStream } from './decider.js';

const { given } = scenario(indicatorStream);

const indicator = (extra: object = {}) => ({
  type: 'indicator',
  id: 'indicator--1',
  name: 'Beacon',
  pattern_type: 'stix',
  pattern: "[ipv4-addr:value = '203.0.113.66']",
  valid_from: '2026-01-01T00:00:00Z',
  confidence: 80,
  ...extra,
});
const bundle = (...objects: object[]): IndicatorImport => ({
  type: 'indicator.import',
  feed: 'community',
  bundle: Buffer.from(JSON.stringify({ type: 'bundle', id: 'bundle--1', objects })),
});
const beacon = {
  indicatorId: 'indicator--1',
  name: 'Beacon',
  kind: 'ip-address',
  value: '203.0.113.66',
  confidence: 80,
  tlp: 'AMBER' as const,
  validFrom: Date.UTC(2026, 0, 1),
  validUntil: null,
  techniques: [],
  modified: null,
};
const MARCH = Date.UTC(2026, 2, 1);
const imported = (...indicators: Indicator[]) => ({
  type: 'indicator.imported' as const,
  feed: 'community',
  indicators,
  skipped: 0,
  by: testContext.actor,
  at: testContext.now,
  refused: [],
});

describe('importing indicators', () => {
  it('says what is new', () => given().when(bundle(indicator())).then(imported(beacon)));

  it('says nothing of what is known', () => given(imported(beacon)).when(bundle(indicator())).then());

  it('says what has changed', () =>
    given(imported(beacon))
      .when(bundle(indicator({ confidence: 90 })))
      .then(imported({ ...beacon, confidence: 90 })));

  it('ends what was revoked', () =>
    given(imported(beacon))
      .when(bundle(indicator({ revoked: true, modified: '2026-03-01T00:00:00Z', valid_until: '2027-01-01T00:00:00Z' })))
      .thenLike({
        type: 'indicator.imported',
        indicators: [{ ...beacon, validUntil: MARCH, modified: MARCH }],
      }));

  it('counts the indicators it cannot match', () =>
    given()
      .when(
        bundle(indicator(), indicator({ id: 'indicator--2', pattern: "[process:name = 'x']" }), {
          type: 'identity',
          id: 'identity--1',
        }),
      )
      .thenLike({
        type: 'indicator.imported',
        skipped: 1,
        refused: [{ indicatorId: 'indicator--2', reason: "left out: 'process:name' is no observable of events" }],
      }));

  it('tells once why', () => {
    const unread = bundle(indicator({ pattern: "[process:name = 'x']" }));
    const reason = "left out: 'process:name' is no observable of events";
    const told = { ...imported(), skipped: 1, refused: [{ indicatorId: 'indicator--1', reason }] };
    given().when(unread).then(told);
    given(told).when(unread).then();
  });

  it('takes the strictest marking and the techniques it indicates', () =>
    given()
      .when(
        bundle(
          indicator({
            object_marking_refs: ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'marking-definition--x'],
          }),
          { type: 'marking-definition', id: 'marking-definition--x', name: 'TLP:RED' },
          {
            type: 'attack-pattern',
            id: 'attack-pattern--1',
            external_references: [{ source_name: 'mitre-attack', external_id: 'T1071.001' }],
          },
          {
            type: 'relationship',
            id: 'relationship--1',
            relationship_type: 'indicates',
            source_ref: 'indicator--1',
            target_ref: 'attack-pattern--1',
          },
        ),
      )
      .thenLike({
        type: 'indicator.imported',
        indicators: [{ ...beacon, tlp: 'RED', techniques: ['T1071.001'] }],
      }));

  it('takes techniques from references that are some', () =>
    given()
      .when(
        bundle(
          indicator(),
          {
            type: 'attack-pattern',
            id: 'attack-pattern--1',
            external_references: [null, 'x', { source_name: 'mitre-attack', external_id: 7 }],
          },
          {
            type: 'relationship',
            id: 'relationship--1',
            relationship_type: 'indicates',
            source_ref: { toString: 1 },
            target_ref: 'attack-pattern--1',
          },
          {
            type: 'relationship',
            id: 'relationship--2',
            relationship_type: 'indicates',
            source_ref: 'indicator--1',
            target_ref: 'attack-pattern--1',
          },
        ),
      )
      .then(imported(beacon)));

  it('reads a marking of the bundle itself whatever its id', () =>
    given()
      .when(
        bundle(indicator({ object_marking_refs: ['constructor'] }), {
          type: 'marking-definition',
          id: 'constructor',
          name: 'TLP:RED',
        }),
      )
      .thenLike({ type: 'indicator.imported', indicators: [{ ...beacon, tlp: 'RED' }] }));

  it.each(['x', '{}', '[]', '{"type":"bundle"}'])('refuses %s', (text) =>
    given()
      .when({ type: 'indicator.import', feed: 'x', bundle: Buffer.from(text) })
      .refuses('not a STIX 2.1 bundle'),
  );

  it('refuses a bundle that is too large', () =>
    given()
      .when({ type: 'indicator.import', feed: 'x', bundle: Buffer.alloc(600_000, ' ') })
      .refuses('at most'));
});

/** Days of March 2026 on which versions were made, in the order they come; the values that hold at the end, with their ends. */
describe('versions of an indicator', () => {
  const version = (day: number, value: string, extra: object = {}) =>
    indicator({ pattern: `[domain-name:value = '${value}']`, modified: `2026-03-${day}T00:00:00Z`, ...extra });
  const day = (number: number): number => Date.UTC(2026, 2, number);
  const heldAfter = (...imports: object[][]): Record<string, number | null> => {
    const facts = imports.reduce<ReturnType<typeof indicatorStream.decide>>((before, objects) => {
      const state = before.reduce(indicatorStream.evolve, indicatorStream.initial());
      return [...before, ...indicatorStream.decide(bundle(...objects), state, { ...testContext, settings: undefined })];
    }, []);
    const held = new Map(facts.flatMap(({ indicators }) => indicators.map((one) => [one.value, one.validUntil])));
    return Object.fromEntries([...held].map(([value, end]) => [value, end ?? null]));
  };
  const [old, young] = [version(10, 'old.test'), version(20, 'new.test')];
  const revoked = version(20, 'old.test', { revoked: true });
  const gone = version(20, 'x', { pattern: "[process:name = 'x']" });
  const late = version(20, 'old.test', { valid_until: '2026-03-15T00:00:00Z' });

  it.each([
    ['in one bundle', [[old, young]], { 'new.test': null }],
    ['in one bundle, the younger first', [[young, old]], { 'new.test': null }],
    ['one after the other', [[old], [young]], { 'old.test': day(20), 'new.test': null }],
    ['the younger first', [[young], [old]], { 'new.test': null }],
    ['the older again', [[old], [young], [old]], { 'old.test': day(20), 'new.test': null }],
    ['revoked in one bundle', [[old, revoked]], { 'old.test': day(20) }],
    ['revoked first in one bundle', [[revoked, old]], { 'old.test': day(20) }],
    ['revoked later', [[old], [revoked]], { 'old.test': day(20) }],
    ['revoked before', [[revoked], [old]], { 'old.test': day(20) }],
    ['revoked, and once more', [[old], [revoked], [revoked], [old]], { 'old.test': day(20) }],
    ['revoked at the very time', [[revoked], [version(20, 'old.test')]], { 'old.test': day(20) }],
    [
      'revoked without its pattern',
      [[old], [version(20, '', { revoked: true, pattern: undefined })]],
      { 'old.test': day(20) },
    ],
    [
      'revoked with another pattern',
      [[old], [version(20, 'x.test', { revoked: true })]],
      { 'old.test': day(20), 'x.test': day(20) },
    ],
    [
      'revoked without a time',
      [
        [indicator({ pattern: "[domain-name:value = 'a.test']" })],
        [indicator({ pattern: "[domain-name:value = 'a.test']", revoked: true })],
      ],
      { 'a.test': Date.UTC(2026, 0, 1) },
    ],
    ['with an end', [[old], [late]], { 'old.test': day(15) }],
    ['reinstated', [[revoked], [version(25, 'old.test')]], { 'old.test': null }],
    ['that cannot be matched any more', [[old], [gone]], { 'old.test': day(20) }],
    [
      'without a time, after one with a time',
      [[old], [version(10, 'other.test', { modified: undefined })]],
      { 'old.test': null },
    ],
    [
      'without a time, before one with a time',
      [[version(10, 'other.test', { modified: undefined })], [old]],
      { 'other.test': day(10), 'old.test': null },
    ],
    [
      'of two values, then of one',
      [[version(10, 'x', { pattern: "[domain-name:value IN ('a.test', 'b.test')]" })], [version(20, 'b.test')]],
      { 'a.test': day(20), 'b.test': null },
    ],
    [
      'made at times without a zone',
      [
        [version(10, 'old.test', { modified: '2026-03-20T00:00:00' })],
        [version(10, 'new.test', { modified: '2026-03-20T01:00:00+02:00' })],
      ],
      { 'old.test': null },
    ],
  ])('%s', (_, imports, held) => expect(heldAfter(...imports)).toEqual(held));
});
