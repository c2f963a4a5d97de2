import { tokensOf } from '../../regex/search.js';
import { needsOf } from './required-text.js';

describe('what a text must hold for an expression to be found in it', () => {
  it.each([
    ['arp\\s+-a', ['arp', '-a'], 6],
    ['net\\s+config', ['net', 'config'], 10],
    ['\\x41bc', [], 0],
    ['(?<name>ab)c', ['c'], 1],
    ['\\\\[a-z]{1,32}\\.[a-z]{1,6}\\.[ "\']{1}', ['. |."|.\''], 6],
    ['\\s[a-f0-9]{64}\\s[a-f0-9]{16}', [], 82],
    ['.{1000,}', [], 1000],
    ['[Rr][Uu][Nn]dll32', ['rundll32'], 8],
    ['a+b', ['ab'], 2],
    ['ab+c', ['ab', 'bc'], 3],
    ['ab?c', ['a', 'c'], 2],
    ['a(?:b|c)d', ['a', 'b|c', 'd'], 2],
    ['a(?:b|c)?d', ['a', 'd'], 2],
    ['a(?:b|\\s)d', ['a', 'd'], 2],
    ['a|bcde', ['a|bcde'], 0],
    ['(?:set|get).*(?:x(?:y|z)w)+', ['set|get', 'x', 'y|z', 'w'], 0],
    ['a(b', [], 0],
    ['a)b', [], 0],
    ['a(?=bcde)f', ['a', 'f'], 2],
    ['x{,3}y', ['x', 'y'], 2],
    ['^\\bfoo$', ['foo'], 3],
    ['a\\1', [], 0],
    ['[^a]b', ['b'], 2],
    ['K\\.exe', ['k.exe'], 5],
    ['é\\n', [], 2],
    ['[a-c]x', ['x'], 2],
    ['"(?:\\{\\d\\})+"\\s*-f', ['"', '{', '}', '-f'], 4],
  ])('%s', (source, literals, least) =>
    expect(needsOf(tokensOf(source))).toEqual({ literals: literals.map((one) => one.split('|')), least }),
  );
  it('is found in a moment however long the expression', () => {
    expect(needsOf(tokensOf('x'.repeat(400_000)))).toMatchObject({
      least: 400_000,
      literals: [[expect.stringMatching(/^x+$/) as string]],
    });
    expect(
      needsOf(tokensOf(Array.from({ length: 40_000 }, (_, index) => `a${index}`).join('.'))).literals.length,
    ).toBeLessThanOrEqual(50);
  });
});
