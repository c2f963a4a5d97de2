import fc from 'fast-check';
import { enginesHeld, linearSearch, linearSource } from './linear.js';
import { compileRegex, MAX_TEXT } from './search.js';

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
    ['\\x41bc', '', 'Abc', true],
    ['[]a]', '', ']', false],
  ])('%s with flags %j on %j: %s', (source, flags, text, found) => {
    if (source === '[]a]') return expect(() => compileRegex(source, flags)).not.toThrow();
    return expect(compileRegex(source, flags)(text)).toBe(found);
  });
  it.each([
    ['(a+)+b(?=c)', 'looks around or refers back'],
    ['(a)\\1*\\1*\\1*b', 'looks around or refers back'],
    ['(?:[ab]{1,50}a){1,90}c', 'repeats too much'],
    ['\\Aab', "'\\A' is not part of Sigma's regular expressions"],
    ['[[:alpha:]]', 'POSIX classes'],
    ['a++', 'possessive'],
    ['(?>a)', 'at the start of an expression only'],
    ['(?x)a b', "the inline flag 'x'"],
    ['a(', 'not a valid regular expression'],
  ])('%s is refused', (source, reason) => expect(() => compileRegex(source, '')).toThrow(reason));

  it('answer as JavaScript would without our rewriting', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      '.*',
      'a+',
      '(?:ab)',
      '[ab]',
      'b?',
      '\\.',
      'a{2}',
      '(a|b)',
      '.+',
      '^',
      '$',
      'ab',
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.stringMatching(/^[abAB.]{0,12}$/),
        fc.constantFrom('', 'i'),
        (parts, text, flags) => {
          const source = parts.join('');
          expect(compileRegex(source, flags)(text)).toBe(new RegExp(source, flags).test(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** Expressions that take an engine that backtracks for ever, and what makes them. */
const HOSTILE: [source: string, text: string][] = [
  ['(a|a)*b', `b${'a'.repeat(MAX_TEXT)}`.repeat(2)],
  ['(.*a){20}', `${'a'.repeat(15)}${'b'.repeat(MAX_TEXT)}`],
  ['^(\\w+\\s?)+$', `${'a'.repeat(32_000)}!`],
  ['(x+x+)+y', `y${'x'.repeat(32_000)}`],
  ['\\w+\\w+\\w+\\w+!', `!${'a'.repeat(32_000)}`],
  ['(a?){30}a{30}c', `${'a'.repeat(29)}c`.repeat(1_000)],
  ['\\s+x', `x${' '.repeat(32_000)}`],
  ['(?:[ab]{1,50}a){1,18}c', `c${'ab'.repeat(16_000)}`],
  ['(?:a|b)*a(?:a|b){200}c', `c${'aabab'.repeat(6_000)}`],
  ['(?<!x)a+b', `b${'a'.repeat(32_000)}`],
  ['(a|a)*b', `b${'a'.repeat(MAX_TEXT - 1)}`],
  ['\\w+\\w+\\w+\\w+!', `!${'a'.repeat(MAX_TEXT)}`],
  ['(?:[ab]{1,50}a){1,18}c', `c${'ab'.repeat(MAX_TEXT)}`],
  ['(?:a|b)*a(?:a|b){200}c', 'caabab'.repeat(200_000)],
  ['(?<!x)a+b', 'b'.repeat(MAX_TEXT)],
];
const LONGEST_TEST_MS = 3_000;

describe('hostile expressions', () => {
  it.each(HOSTILE)('%s is done soon, whatever the text', (source, text) => {
    const search = compileRegex(source, '');
    const before = process.cpuUsage();
    search(text);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(LONGEST_TEST_MS);
  });

  it('mean the same to the engine that does not backtrack', () => {
    const part = fc.constantFrom(
      'a',
      'B',
      '.',
      '.*',
      'a+',
      '(?:ab)',
      '[ab]',
      '[^a]',
      'b?',
      '\\.',
      'a{2}',
      '(a|b)',
      '^',
      '$',
      '\\s',
      '\\S*',
      '\\w+',
      '\\W',
      '[\\w-]',
      '[^\\s]',
      '\\b',
      '\\B',
      '[a-cé-ü]',
      'É',
      'σ',
      '[\\d_]{1,2}',
      '(?:a|ab)*',
      '\\x41',
      '(?<n>b)',
      'ſ',
      'k',
      '[\\]x]',
      '{,2}',
      ']',
      '😀',
      '[^\\W]',
      '[a-]',
    );
    const char = fc.constantFrom(...'abAB. \néÉςσΣKkſsİiı1_]x\t\u00a0{},2üÜ-', '\u212a', '😀', '\ud83d');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.array(char, { maxLength: 10 }),
        fc.constantFrom('', 'i', 's', 'is'),
        (parts, chars, flags) => {
          const body = parts.join('');
          fc.pre(isExpression(body));
          const native = new RegExp(
            body.replace(/(?<!\\)\./g, flags.includes('s') ? '[^]' : '[^\\n]'),
            flags.replace('s', ''),
          );
          expect([body, flags, chars.join(''), linearSearch(linearSource(body, flags) ?? '')(chars.join(''))]).toEqual([
            body,
            flags,
            chars.join(''),
            native.test(chars.join('')),
          ]);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

const isExpression = (source: string): boolean => {
  try {
    return Boolean(new RegExp(source));
  } catch {
    return false;
  }
};

describe('the engine that does not backtrack', () => {
  it('is kept for some expressions, those asked last', () => {
    const text = `${'a '.repeat(10_000)}!`;
    for (let index = 0; index < 100; index += 1) compileRegex(`(?:a\\s?)+${index}$`, '')(`${text}${index}`);
    expect(enginesHeld()).toBe(32);
  });
  it('lower-cases classes of nearly all characters quickly', () => {
    const search = compileRegex(
      `(?:a\\s?)+${Array.from({ length: 200 }, (_, index) => `[\\W\\x${(index + 16).toString(16)}]`).join('')}`,
      'i',
    );
    expect(search('a '.repeat(8_000))).toBe(false);
  });
});
