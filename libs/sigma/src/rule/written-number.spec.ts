import { compile } from '../compile.js';
import { item, matches, native, reasonOf } from '../../test/rules.js';
import type { Json } from '../types.js';

/** Rule as it stands in the file, event's value, whether they are equal. */
const ROWS: [rule: string, value: Json, equal: boolean][] = [
  ['NO', 'NO', true],
  ['NO', false, false],
  ['yes', 'yes', true],
  ['yes', true, false],
  ['on', 'on', true],
  ['true', true, true],
  ['true', 'true', true],
  ['True', true, true],
  ['FALSE', false, true],
  ['null', null, true],
  ['~', null, true],
  ['', null, true],
  ['null', 'null', false],
  ["''", '', true],
  ['2024-01-05', '2024-01-05', true],
  ['12:30:45', '12:30:45', true],
  ['4624', 4624, true],
  ['4624', '4624', true],
  ['-1', -1, true],
  ['1.5', 1.5, true],
  ['1.5', '1.5', true],
  ['0', '0', true],
  ['0755', '0755', true],
  ['0755', '755', false],
  ['0755', 755, true],
  ['012345678901', '012345678901', true],
  ['012345678901', '12345678901', false],
  ['1.10', '1.10', true],
  ['1.10', '1.1', false],
  ['1.10', 1.1, true],
  ['1.0', '1.0', true],
  ['1.0', 1, true],
  ['7.', '7.', true],
  ['+12', '+12', true],
  ['+12', 12, true],
  ['-0', '-0', true],
  ['1e3', '1e3', true],
  ['1e3', '1E3', true],
  ['1e3', '1000', false],
  ['1e3', 1000, true],
  ['0x1', '0x1', true],
  ['0x1F', '0x1f', true],
  ['0x1F', 31, true],
  ['0x1', '1', false],
  ['0o7', '0o7', true],
  ['0o7', 7, true],
  ['0b1', '0b1', true],
  ['1_000', '1_000', true],
  ['1_000', 1000, false],
  ['.inf', '.inf', true],
  ['-.INF', '-.INF', true],
  ['.nan', '.nan', true],
  ['9223372036854775807', '9223372036854775807', true],
  ['9223372036854775807', '9223372036854775806', false],
  ['9007199254740993', '9007199254740993', true],
  ['9007199254740993', '9007199254740992', false],
];

describe('a scalar without quotes', () => {
  it.each(ROWS)('%s is equal to %j: %s', (rule, value, equal) => {
    for (const engine of ['kernel', 'plain'] as const) {
      expect([engine, matches(item('a', rule), { a: value }, { engine })]).toEqual([engine, equal]);
      expect([engine, matches(item('a', `[other, ${rule || '~'}]`), { a: value }, { engine })]).toEqual([
        engine,
        equal,
      ]);
    }
  });
  it.each([
    ['a|contains', '1.10', { a: 'v1.10.2' }, true],
    ['a|contains', '1.10', { a: 'v1.1.2' }, false],
    ['a|startswith', '0x1', { a: '0X1F' }, true],
    ['a|endswith', '0755', { a: 'chmod 0755' }, true],
    ['a|re', '0+1', { a: 'x0001' }, true],
    ['a|gte', '0x10', { a: 16 }, true],
    ['a|lt', '1e3', { a: 1000 }, false],
    ['a|neq', '0755', { a: '755' }, true],
    ['012', 'x', { '012': 'x' }, true],
    ['1.0', 'x', { '1.0': 'x' }, true],
  ] as const)('%s: %s on %j: %s', (key, rule, event, found) => expect(matches(item(key, rule), event)).toBe(found));
  it.each([
    ['0755', 'chmod 0755 x', true],
    ['0755', 'chmod 755 x', false],
    ['0x1F', 'flags=0x1f', true],
    ['+12', 'x +12', true],
  ])('is a keyword as it stands: %s in %j: %s', (word, value, found) =>
    expect(matches(`k: [${word}]\ncondition: k`, { a: value })).toBe(found),
  );
  it('may come through a merge', () =>
    expect(matches('a: &x {v: 1.10}\nb:\n  <<: *x\n  u: y\ncondition: b', { v: '1.10', u: 'y' })).toBe(true));
  it('is no name, map or condition', () => {
    expect(reasonOf('s: {a: {0x1: 0x2}}\ncondition: s')).toContain('a value must be text');
    expect(reasonOf('s: {a: b}\ncondition: 0x1')).toContain('must be text');
  });
});

describe('a number without quotes outside of what is compared', () => {
  const RULE = `title: 0755
id: 0012
name: 1.10
author: 007
tags: [attack.t1059, 0x10]
logsource: { product: test, service: 012 }
vigie: { windowMinutes: 0x10, tests: [{ name: 1e1, event: { a: 1.50, b: 0x10 }, matches: true }] }
detection: { s: { a: 1.5, b: 16 }, condition: s }
---
title: together
id: c
correlation: { type: event_count, rules: [0012], group-by: [010], timespan: 5m, condition: { gte: 0x3 } }
`;
  it('is text where a rule says text, and a number where it counts', () => {
    const {
      rules: [rule],
      correlations: [correlation],
      failures,
    } = compile([{ path: 'r.yml', text: RULE }]);
    expect(failures).toEqual([]);
    expect(rule).toMatchObject({
      title: '0755',
      id: '0012',
      name: '1.10',
      author: '007',
      tags: ['attack.t1059', '0x10'],
      logsource: { service: '012' },
      windowMinutes: 16,
      tests: [{ event: { a: 1.5, b: 16 } }],
    });
    expect(correlation).toMatchObject({
      rules: ['0012'],
      groupBy: ['010'],
      condition: { comparisons: [{ operator: 'gte', value: 3 }] },
    });
  });
  it('is compared after a global part, too', () => {
    const text = `action: global\ntitle: t\nlogsource: { product: test }\ndetection: { s: { a: 0755 }, condition: s }\n---\nid: 01\n---\nid: 1\n`;
    const set = compile([{ path: 'r.yml', text }]);
    const event = { logsource: { product: 'test' }, native: native({ a: '0755' }) };
    expect([set.failures, set.match(event)]).toEqual([[], ['01', '1']]);
  });
});

describe('merge keys', () => {
  it.each([
    ['a map', 'b:\n  <<: *x\n  u: y', { c: 'xay', u: 'y' }, true],
    ['a map, and not the rest', 'b:\n  <<: *x\n  u: y', { c: 'q', u: 'y' }, false],
    ['a list of maps', 'b:\n  <<: [*x, {d: e}]\n  u: y', { c: 'a', d: 'e', u: 'y' }, true],
    ['what stands there itself', "b:\n  c|contains: 'q'\n  <<: *x", { c: 'q' }, true],
    ['the first of a list', 'b:\n  <<: [{c|contains: q}, *x]', { c: 'q' }, true],
    ['text in quotes is a name', "b:\n  '<<': z", { '<<': 'z' }, true],
  ])('%s', (_, selection, event, found) =>
    expect(matches(`a: &x\n  c|contains: a\n${selection}\ncondition: b`, event)).toBe(found),
  );
});
