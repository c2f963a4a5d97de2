import fc from 'fast-check';
import { compileRegex, MAX_TEXT } from './regex.js';

describe('regular expressions', () => {
  it.each([
    ['a.c', '', 'a\rc', true],
    ['a.c', '', 'a\nc', false],
    ['[.*]+', '', '*', true],
    ['\\.', '', 'a', false],
    ['(?:ab){2,}', '', 'xabab', true],
    ['(?P<x>ab)', '', 'ab', true],
    ['x(?:.*\\)){1,}y', '', 'x)..)y', true],
    ['x(?:.*\\)){1,}y', '', 'x..y', false],
    ['[]a]', '', ']', false],
  ])('%s with flags %j on %j: %s', (source, flags, text, found) => {
    if (source === '[]a]') return expect(() => compileRegex(source, flags)).not.toThrow();
    return expect(compileRegex(source, flags)(text)).toBe(found);
  });
  it.each([
    ['(a+)+b', 'an unbounded repetition inside an unbounded repetition'],
    ['(?:x|y*)*', 'an unbounded repetition inside an unbounded repetition'],
    ['\\Aab', "'\\A' is not part of Sigma's regular expressions"],
    ['[[:alpha:]]', 'POSIX classes'],
    ['a++', 'possessive'],
    ['(?>a)', 'at the start of an expression only'],
    ['(?x)a b', "the inline flag 'x'"],
    ['a(', 'not a valid regular expression'],
  ])('%s is refused', (source, reason) => expect(() => compileRegex(source, '')).toThrow(reason));

  it('read no further than the bound', () => {
    expect(compileRegex('needle', '')(`${'x'.repeat(MAX_TEXT - 6)}needle`)).toBe(true);
    expect(compileRegex('needle', '')(`${'x'.repeat(MAX_TEXT)}needle`)).toBe(false);
  });

  it('answer as JavaScript would without our rewriting', () => {
    const part = fc.constantFrom('a', 'b', '.', '.*', 'a+', '(?:ab)', '[ab]', 'b?', '\\.', 'a{2}', '(a|b)', '.+', '^', '$', 'ab');
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.stringMatching(/^[abAB.]{0,12}$/), fc.constantFrom('', 'i'), (parts, text, flags) => {
      const source = parts.join('');
      expect(compileRegex(source, flags)(text)).toBe(new RegExp(source, flags).test(text));
    }), { numRuns: 2_000 });
  });
});
