import { readFileSync } from 'node:fs';
import { besideCheckout } from '#libs/testing';
import { readBundle } from './stix-bundle.js';

const bundle = (...objects: object[]): Buffer =>
  Buffer.from(JSON.stringify({ type: 'bundle', id: 'bundle--1', objects }));
const indicator = (extra: object = {}): object => ({
  type: 'indicator',
  id: 'indicator--1',
  pattern_type: 'stix',
  pattern: "[domain-name:value = 'evil.test']",
  valid_from: '2026-01-01T00:00:00Z',
  ...extra,
});
const only = (extra: object) => readBundle(bundle(indicator(extra)));

describe('an indicator', () => {
  it.each([
    [{ pattern_type: undefined }, undefined],
    [{ pattern_type: 'STIX' }, undefined],
    [
      { pattern_type: 'snort', pattern: 'alert tcp any any -> any any (msg:"x";)' },
      'it is a pattern of snort, not of STIX',
    ],
    [{ pattern_type: 'yara', pattern: 'rule x { condition: true }' }, 'it is a pattern of yara, not of STIX'],
    [{ pattern_type: 7 }, 'it is a pattern of no language, not of STIX'],
    [{ pattern: undefined }, 'it has no pattern'],
    [{ valid_from: undefined }, "its 'valid_from' is no time"],
    [{ valid_from: 'yesterday' }, "its 'valid_from' is no time"],
    [{ valid_from: '2026-02-30T00:00:00Z' }, "its 'valid_from' is no time"],
    [{ valid_until: 'never' }, "its 'valid_until' is no time"],
    [{ valid_until: '2025-01-01T00:00:00Z' }, "it ends before it begins: 'valid_until' is not after 'valid_from'"],
    [{ valid_until: '2026-01-01T00:00:00Z' }, "it ends before it begins: 'valid_until' is not after 'valid_from'"],
    [{ pattern: "[file:hashes.MD5 = 'ab']" }, "'ab' is no MD5"],
  ])('%j: %s', (extra, reason) => {
    const { indicators, skipped, refused } = only(extra);
    expect({ read: indicators.length, skipped }).toEqual(reason ? { read: 0, skipped: 1 } : { read: 1, skipped: 0 });
    expect(refused).toEqual(reason ? [{ indicatorId: 'indicator--1', reason: `left out: ${reason}` }] : []);
  });

  it('is told where it is read in part', () =>
    expect(only({ pattern: "[domain-name:value = 'a.test' OR file:name = 'x']" })).toMatchObject({
      indicators: [{ value: 'a.test' }],
      skipped: 0,
      refused: [{ reason: "read in part: 'file:name' is no observable of events" }],
    }));

  it.each([
    ['2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1)],
    ['2026-01-01T00:00:00', Date.UTC(2026, 0, 1)],
    ['2026-01-01 00:00:00', Date.UTC(2026, 0, 1)],
    ['2026-01-01', Date.UTC(2026, 0, 1)],
    ['2026-01-01T05:30:00.123456+05:30', Date.UTC(2026, 0, 1, 0, 0, 0, 123)],
    ['2026-01-01T00:00:00.5', Date.UTC(2026, 0, 1, 0, 0, 0, 500)],
    ['2024-02-29T12:00:00', Date.UTC(2024, 1, 29, 12)],
  ])('begins at %s, UTC where it says no zone', (valid_from, at) =>
    expect(only({ valid_from }).indicators[0]?.validFrom).toBe(at),
  );

  it.each([
    [0, 0],
    [100, 100],
    [33.4, 33],
    [101, 50],
    ['80', 50],
    [undefined, 50],
  ])('has confidence %s: %s', (confidence, read) => expect(only({ confidence }).indicators[0]?.confidence).toBe(read));
});

const CLEAR = 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487';
const TLP2 = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';
const marked = (definition: object, more: object = {}): string | undefined =>
  readBundle(
    bundle(indicator({ object_marking_refs: ['marking-definition--x'], ...more }), {
      type: 'marking-definition',
      id: 'marking-definition--x',
      ...definition,
    }),
  ).indicators[0]?.tlp;

describe('a marking', () => {
  it.each([
    ['TLP 1', { definition_type: 'tlp', definition: { tlp: 'white' }, name: 'TLP:WHITE' }, 'CLEAR'],
    ['TLP 1, green', { definition_type: 'tlp', definition: { tlp: 'green' } }, 'GREEN'],
    ['TLP 1, strict', { definition_type: 'tlp', definition: { tlp: 'amber+strict' } }, 'AMBER_STRICT'],
    ['TLP 1, unknown', { definition_type: 'tlp', definition: { tlp: 'purple' } }, 'RED'],
    ['TLP 1, empty', { definition_type: 'tlp', definition: {} }, 'RED'],
    ['TLP 1, no text', { definition_type: 'tlp', definition: { tlp: 3 } }, 'RED'],
    [
      'TLP 2',
      { name: 'TLP:CLEAR', extensions: { [TLP2]: { extension_type: 'property-extension', tlp_2_0: 'clear' } } },
      'CLEAR',
    ],
    ['TLP 2 without a name', { extensions: { [TLP2]: { tlp_2_0: 'amber+strict' } } }, 'AMBER_STRICT'],
    ['TLP 2, unknown', { name: 'TLP:CLEAR', extensions: { [TLP2]: { tlp_2_0: 'ultraviolet' } } }, 'RED'],
    ['TLP 2, no text', { name: 'TLP:CLEAR', extensions: { [TLP2]: { tlp_2_0: null } } }, 'RED'],
    ['another extension', { extensions: { 'extension-definition--1': { level: 'clear' } } }, 'RED'],
    [
      'another extension beside',
      { name: 'TLP:GREEN', extensions: { 'extension-definition--1': { level: 1 } } },
      'GREEN',
    ],
    ['a name', { name: 'TLP:AMBER' }, 'AMBER'],
    ['a name, spelt otherwise', { name: 'tlp: amber-strict' }, 'AMBER_STRICT'],
    ['a name with blanks', { name: 'TLP AMBER STRICT' }, 'AMBER_STRICT'],
    ['a name of no level', { name: 'TLP:EX' }, 'RED'],
    ['another name', { name: 'internal' }, 'RED'],
    ['nothing', {}, 'RED'],
    ['name and level that differ', { name: 'TLP:CLEAR', definition_type: 'tlp', definition: { tlp: 'red' } }, 'RED'],
    ['a statement', { definition_type: 'statement', definition: { statement: 'Copyright 2026, Example' } }, 'AMBER'],
    [
      'a statement with a level',
      { definition_type: 'statement', definition: { statement: 'Handle as TLP:RED.' } },
      'RED',
    ],
    [
      'OpenCTI',
      {
        definition_type: 'statement',
        definition: { statement: 'custom' },
        x_opencti_definition: 'TLP:AMBER+STRICT',
        x_opencti_definition_type: 'TLP',
      },
      'AMBER_STRICT',
    ],
    [
      'OpenCTI, unknown',
      {
        definition_type: 'statement',
        definition: { statement: 'custom' },
        x_opencti_definition: 'TLP:BLUE',
        x_opencti_definition_type: 'TLP',
      },
      'RED',
    ],
    [
      'OpenCTI, another sort',
      {
        definition_type: 'statement',
        definition: { statement: 'custom' },
        x_opencti_definition: 'SECRET',
        x_opencti_definition_type: 'CLASSIFICATION',
      },
      'RED',
    ],
    ['PAP', { definition_type: 'PAP', definition: { pap: 'red' }, name: 'PAP:RED' }, 'RED'],
    ['PAP that limits nobody', { definition_type: 'PAP', name: 'PAP:CLEAR' }, 'AMBER'],
    ['IEP', { definition_type: 'iep', definition: { tlp: 'white' } }, 'RED'],
    ['another type of object', { type: 'identity', name: 'TLP:CLEAR' }, 'RED'],
  ])('%s', (_, definition, tlp) => expect(marked(definition)).toBe(tlp));

  const WHITE = { name: 'TLP:CLEAR' };
  it.each([
    ['nothing', { object_marking_refs: undefined }, 'AMBER'],
    ['an empty list', { object_marking_refs: [] }, 'AMBER'],
    ['a level fixed by id', { object_marking_refs: [CLEAR] }, 'CLEAR'],
    ['a definition that is not there', { object_marking_refs: ['marking-definition--nowhere'] }, 'RED'],
    ['one that is there and one that is not', { object_marking_refs: [CLEAR, 'marking-definition--nowhere'] }, 'RED'],
    ['a name of JavaScript', { object_marking_refs: ['__proto__', 'constructor'] }, 'RED'],
    ['no text', { object_marking_refs: [7] }, 'RED'],
    ['no list', { object_marking_refs: CLEAR }, 'RED'],
    [
      'a part marked otherwise',
      {
        granular_markings: [
          { marking_ref: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1', selectors: ['pattern'] },
        ],
      },
      'RED',
    ],
    [
      'a part marked by what is not there',
      { granular_markings: [{ marking_ref: 'marking-definition--nowhere', selectors: ['name'] }] },
      'RED',
    ],
    ['a part with a language', { granular_markings: [{ lang: 'fr', selectors: ['name'] }] }, 'CLEAR'],
    ['a part of no form', { granular_markings: ['x'] }, 'RED'],
    ['parts of no form', { granular_markings: { lang: 'fr' } }, 'RED'],
    ['a label with a level', { labels: ['tlp:amber', 'malicious-activity'] }, 'AMBER'],
    ['a label with none', { labels: ['tlp:ex:chr'] }, 'RED'],
  ])('is looked for in all places: %s', (_, more, tlp) => expect(marked(WHITE, more)).toBe(tlp));

  it('defined twice holds as the stricter', () =>
    expect(
      readBundle(
        bundle(
          indicator({ object_marking_refs: [CLEAR] }),
          { type: 'marking-definition', id: CLEAR, name: 'TLP:RED' },
          { type: 'marking-definition', id: CLEAR, name: 'TLP:CLEAR' },
        ),
      ).indicators[0]?.tlp,
    ).toBe('RED'));
});

const CASES = besideCheckout('shared/cases/indicators/180-stix/bundles.json');
const test = CASES === undefined ? it.skip : it;

describe(`what others found wrong${CASES === undefined ? ' (skipped: no ../shared/cases)' : ''}`, () => {
  const RIGHT: Record<string, object> = {
    'TLP by OpenCTI name': [{ tlp: 'AMBER_STRICT' }],
    'TLP 2 extension': [{ tlp: 'RED' }],
    'TLP 2 extension without a name': [{ tlp: 'RED' }],
    'STIX 2.0, no pattern_type': [{ value: 'evil.test' }],
    snort: [],
    'valid_until before valid_from': [],
    'time without a zone': [{ validFrom: Date.UTC(2026, 0, 1), validUntil: Date.UTC(2026, 5, 1) }],
    'confidence 0': [{ confidence: 0 }],
    'two versions of one indicator': [{ value: 'new.test' }],
    'revoked later version': [{ validUntil: Date.UTC(2026, 1, 2) }],
    'revoked without pattern change, older in order': [{ validUntil: Date.UTC(2026, 1, 2) }],
  };
  test('is right', () => {
    const cases = JSON.parse(readFileSync(CASES ?? '', 'utf8')) as { name: string; bundle: object }[];
    const read = cases.map(({ name, bundle: stix }) => [
      name,
      readBundle(Buffer.from(JSON.stringify(stix))).indicators,
    ]);
    expect(Object.fromEntries(read)).toMatchObject(RIGHT);
    expect(cases.map(({ name }) => name)).toEqual(Object.keys(RIGHT));
  });
});
