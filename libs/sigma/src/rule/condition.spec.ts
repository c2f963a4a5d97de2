import { matches, reasonOf } from '../../test/rules.js';

const SELECTIONS = 'sel_a:\n  a: 1\nsel_b:\n  b: 1\nfilter_c:\n  c: 1\n_hidden:\n  d: 1\n';
const holds = (condition: string, ...fields: string[]): boolean =>
  matches(`${SELECTIONS}condition: ${condition}`, Object.fromEntries(fields.map((field) => [field, 1])));

describe('conditions', () => {
  it.each([
    ['sel_a and sel_b', ['a', 'b'], true],
    ['sel_a and sel_b', ['a'], false],
    ['sel_a or sel_b', ['b'], true],
    ['sel_a or sel_b', [], false],
    ['not sel_a', [], true],
    ['not not sel_a', ['a'], true],
    ['sel_a and not filter_c', ['a'], true],
    ['sel_a and not filter_c', ['a', 'c'], false],
    ['sel_a or sel_b and filter_c', ['a'], true],
    ['sel_a and not sel_b or filter_c', ['b', 'c'], true],
    ['not (sel_a or sel_b)', ['b'], false],
    ['(sel_a or sel_b) and filter_c', ['a'], false],
    ['((sel_a))', ['a'], true],
    ['1 of sel*', ['b'], true],
    ['any of sel_*', ['b'], true],
    ['1 of sel*', ['c'], false],
    ['all of sel_*', ['a', 'b'], true],
    ['all of sel_*', ['a'], false],
    ['1 of *_c', ['c'], true],
    ['1 of them', ['c'], true],
    ['1 of them', ['d'], false],
    ['all of them', ['a', 'b', 'c'], true],
    ['1 of _hid*', ['d'], true],
    ['_hidden', ['d'], true],
    ['1 of sel_a', ['a'], true],
    ['sel_a AND NOT filter_c', ['a'], true],
    ['1 of sel* and not 1 of filter*', ['a', 'c'], false],
  ])('%s with %j is %s', (condition, fields, expected) => expect(holds(condition, ...fields)).toBe(expected));

  it('as a list hold when one of them does', () => {
    const listed = `${SELECTIONS}condition:\n  - sel_a and sel_b\n  - filter_c`;
    expect(matches(listed, { c: 1 })).toBe(true);
    expect(matches(listed, { a: 1 })).toBe(false);
  });

  it.each([
    ['sel_x', "there is no search identifier 'sel_x'"],
    ['sel_a and', 'ends where a search identifier is expected'],
    ['(sel_a', 'a parenthesis is not closed'],
    ['sel_a)', "unexpected ')'"],
    ['sel_a sel_b', "unexpected 'sel_b'"],
    ['1 of nothing*', "no search identifier fits 'nothing*'"],
    ['2 of sel*', "'2 of' is not supported"],
    ['sel_a | count() > 5', 'write a correlation rule'],
    ["''", 'is empty'],
  ])('%s is refused with its line', (condition, reason) =>
    expect(reasonOf(`${SELECTIONS}condition: ${condition}`)).toMatch(
      new RegExp(`^14: .*${reason.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
    ),
  );
});

describe('search identifiers', () => {
  it('join a map with and, a list of maps with or', () => {
    const listed = 'sel:\n  - a: 1\n    b: 1\n  - c: 1\ncondition: sel';
    expect(matches(listed, { a: 1, b: 1 })).toBe(true);
    expect(matches(listed, { a: 1 })).toBe(false);
    expect(matches(listed, { c: 1 })).toBe(true);
  });
  it('may mix maps and keywords', () =>
    expect(matches('sel:\n  - a: 1\n  - word\ncondition: sel', { z: 'a word' })).toBe(true));
  it('must hold something', () => {
    expect(reasonOf('sel: {}\ncondition: sel')).toContain('an empty map');
    expect(reasonOf('sel: []\ncondition: sel')).toContain('an empty list');
    expect(reasonOf('condition: sel')).toContain('has no search identifier');
    expect(reasonOf('sel:\n  a: 1')).toContain('condition: is missing');
  });
});
