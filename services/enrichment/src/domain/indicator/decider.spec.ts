import type { IndicatorImport } from '#contracts';
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
};
const imported = (...indicators: (typeof beacon)[]) => ({
  type: 'indicator.imported' as const,
  feed: 'community',
  indicators,
  skipped: 0,
  by: testContext.actor,
  at: testContext.now,
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
        indicators: [{ ...beacon, validUntil: Date.UTC(2026, 2, 1) }],
      }));

  it('counts the indicators it cannot match', () =>
    given()
      .when(
        bundle(indicator(), indicator({ id: 'indicator--2', pattern: "[process:name = 'x']" }), {
          type: 'identity',
          id: 'identity--1',
        }),
      )
      .thenLike({ type: 'indicator.imported', skipped: 1 }));

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

  it('takes references that are none for none', () =>
    given()
      .when(
        bundle(
          indicator({ object_marking_refs: ['constructor', '__proto__'] }),
          { type: 'marking-definition', id: 'constructor', name: 'constructor' },
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
