import { explained, item, matches } from '../../test/rules.js';

const yes = (key: string, value: string, event: Parameters<typeof matches>[1]): void =>
  expect(matches(item(key, value), event)).toBe(true);
const no = (key: string, value: string, event: Parameters<typeof matches>[1]): void =>
  expect(matches(item(key, value), event)).toBe(false);

describe('wildcards and escapes', () => {
  it('* is any run of characters, ? exactly one', () => {
    yes('a', "'prog*.exe'", { a: 'prog.exe' });
    yes('a', "'prog*.exe'", { a: 'program\nfiles.exe' });
    yes('a', "'prog?.exe'", { a: 'progA.exe' });
    no('a', "'prog?.exe'", { a: 'prog.exe' });
    yes('a', "'a*b*c'", { a: 'a-b-b-c' });
    no('a', "'a*b*c'", { a: 'a-c-b' });
    no('a', "'*aba*aba'", { a: 'xababa' });
    yes('a', "'?'", { a: '😀' });
    yes('a', "'*?😀'", { a: 'x😀😀' });
  });
  it('a backslash before a wildcard makes it plain', () => {
    yes('a', "'what\\?'", { a: 'what?' });
    no('a', "'what\\?'", { a: 'whatx' });
    yes('a', "'5 \\* 5'", { a: '5 * 5' });
  });
  it('two backslashes are one, and leave the wildcard wild', () => {
    yes('a', "'dir\\\\*'", { a: 'dir\\file' });
    no('a', "'dir\\\\*'", { a: 'dirfile' });
    yes('a', "'dir\\\\\\*'", { a: 'dir\\*' });
    no('a', "'dir\\\\\\*'", { a: 'dir\\x' });
  });
  it('a backslash before anything else is itself, single or double', () => {
    yes('a', "'C:\\Temp'", { a: 'c:\\temp' });
    yes('a', "'C:\\\\Temp'", { a: 'c:\\temp' });
    yes('a', "'\\\\\\\\srv\\share'", { a: '\\\\srv\\share' });
    yes('a|endswith', "'\\'", { a: 'c:\\' });
  });
  it('a lone star needs a value, be it empty', () => {
    yes('a', "'*'", { a: '' });
    no('a', "'*'", { a: null });
    no('a', "'*'", { b: 1 });
  });
});

describe('null and the empty string', () => {
  it('null is a missing field or a null one', () => {
    yes('a', 'null', { b: 1 });
    yes('a', 'null', { a: null });
    no('a', 'null', { a: '' });
    no('a', 'null', { a: 0 });
  });
  it("'' is an empty text", () => {
    yes('a', "''", { a: '' });
    no('a', "''", { a: null });
    no('a', "''", { b: 1 });
    no('a', "''", { a: ' ' });
  });
  it('may stand in one list', () => yes('a', "['', null]", { b: 1 }));
});

describe('numbers and booleans', () => {
  it('are equal to their text', () => {
    yes('EventID', '4688', { EventID: 4688 });
    yes('EventID', '4688', { EventID: '4688' });
    yes('EventID', "'4688'", { EventID: 4688 });
    no('EventID', '4688', { EventID: 46880 });
    yes('Signed', 'true', { Signed: 'True' });
    yes('Signed', "'true'", { Signed: true });
    no('Signed', 'false', { Signed: 0 });
    yes('n', '1.5', { n: 1.5 });
  });
  it('a wildcard in text also fits numbers', () => yes('port', "'80*'", { port: 8080 }));
});

describe('fields', () => {
  it('are found flat, dotted and nested, also through lists', () => {
    yes('userIdentity.type', 'Root', { userIdentity: { type: 'Root' } });
    yes('userIdentity.type', 'Root', { 'userIdentity.type': 'Root' });
    yes('a.b.c', 'x', { 'a.b': { c: 'x' } });
    yes('target.displayName', 'Ada', { target: [{ displayName: 'Bob' }, { displayName: 'Ada' }] });
    no('target.displayName', 'Ada', { target: [] });
    no('constructor', "'*'", { a: 1 });
  });
  it('with several values match when one does', () => {
    yes('a', 'x', { a: ['y', 'x'] });
    no('a', 'x', { a: ['y'] });
    yes('a|contains|all', '[one, two]', { a: ['one', 'two'] });
  });
  it('holding an object are read as its JSON', () =>
    yes('requestParameters|contains', '\'"acl":"public\'', { requestParameters: { acl: 'public-read' } }));
  it('are minded for case in their names', () => no('Image', 'x', { image: 'x' }));
});

describe('keywords', () => {
  const list = "keywords:\n  - 'event::clear'\n  - 'drop*table'\ncondition: keywords";
  it('lie anywhere in any value, not in names', () => {
    expect(matches(list, { a: { b: ['run EVENT::clear now'] } })).toBe(true);
    expect(matches(list, { a: 'drop the table' })).toBe(true);
    expect(matches(list, { 'event::clear': 'x' })).toBe(false);
  });
  it("with '|all' must all be there, in whichever values", () => {
    const both = "keywords:\n  '|all':\n    - one\n    - two\ncondition: keywords";
    expect(matches(both, { a: 'one', b: 'two' })).toBe(true);
    expect(matches(both, { a: 'one' })).toBe(false);
  });
  it('may be one text, an expression, or a number that stands for itself', () => {
    expect(matches('keywords: secret\ncondition: keywords', { a: 'my secret' })).toBe(true);
    expect(matches("keywords:\n  '|re': 'a{3}'\ncondition: keywords", { x: 'baaa' })).toBe(true);
    expect(matches('keywords:\n  - 6\ncondition: keywords', { a1: '6' })).toBe(true);
    expect(matches('keywords:\n  - 6\ncondition: keywords', { a1: 'init 6' })).toBe(true);
    expect(matches('keywords:\n  - 6\ncondition: keywords', { a1: '60' })).toBe(false);
  });
  it('need no field, so nothing that does', () =>
    expect(() => matches("keywords:\n  '|exists': true\ncondition: keywords", {})).toThrow("'exists' needs a field"));
});

describe('explanations', () => {
  it('name the selection, the field and the value', () => {
    expect(
      explained('sel:\n  a|contains: ell\n  b: [1, 2]\nfilter:\n  c: x\ncondition: sel and not filter', {
        a: 'Hello',
        b: 2,
      }),
    ).toEqual([
      { selection: 'sel', field: 'a', value: 'Hello' },
      { selection: 'sel', field: 'b', value: '2' },
    ]);
  });
  it('name where a keyword was found, and the value among several', () => {
    expect(explained('kw:\n  - secret\ncondition: kw', { a: { b: 'my secret' } })).toEqual([
      { selection: 'kw', field: 'a.b', value: 'my secret' },
    ]);
    expect(explained('s:\n  a: x\ncondition: s', { a: ['y', 'x'] })).toEqual([
      { selection: 's', field: 'a', value: 'x' },
    ]);
  });
  it('are empty when the rule does not match', () =>
    expect(explained('s:\n  a: x\ncondition: s', { a: 'y' })).toEqual([]));
});
