import { item, matches } from '../../test/rules.js';
import { compileRegex } from './search.js';

const PADDING = 200_000;
const padded = (text: string, before = 'x'): string =>
  before.repeat(PADDING / before.length) + text + 'x'.repeat(PADDING);

/** What is found wherever it stands in a text of 400,000 characters. Each needs more than one read from the start. */
const FOUND: [source: string, flags: string, text: string][] = [
  ['EVIL[0-9]+', '', 'EVIL9'],
  ['evil[0-9]+', 'i', 'EvIl9'],
  ['net\\s+use\\s+https://docs.live.net', '', 'net   use https://docs.live.net'],
  ['(?<!x)evil(?!x)', '', ' evil '],
  ['(?<=a )evil\\s+on(?= b)', '', 'a evil  on b'],
  ['(\\w+) evil \\1', '', ' twice evil twice '],
  ['(Get-Item|gci).{1,64}-Path.{1,64}\\\\(a|b)c(?:.{0,200}d|e){1,3}', '', 'gci x -Path y\\ace'],
];

describe('a long text', () => {
  it.each(FOUND)('holds %s (%s) wherever it stands', (source, flags, text) => {
    const search = compileRegex(source, flags);
    for (const before of ['x', ' ', 'xyz ', '\u0130'])
      expect([before, search(padded(text, before))]).toEqual([before, true]);
    expect(search(padded(text.replace(/i/gi, '')))).toBe(false);
  });
  it('is read to its end when the end is asked for', () => {
    const search = compileRegex('(?:\\w{1,90} ){9}evil$', '');
    expect(search(`${'x '.repeat(PADDING)}evil`)).toBe(true);
    expect(search(`${'x '.repeat(PADDING)}evil.`)).toBe(false);
  });
  it('is told by its beginning when the beginning is asked for', () => {
    const search = compileRegex('^evil\\d', '');
    expect(search(`evil1${'x'.repeat(2 ** 21)}`)).toBe(true);
    expect(search(`${'x'.repeat(2 ** 21)}evil1`)).toBe(false);
  });
  it('hides nothing behind what only looks alike', () =>
    expect(compileRegex('EVIL(?:[0-9]{1,9}z){1,40}', '')(`${'EVIL1y'.repeat(5_000)}${'x'.repeat(PADDING)}EVIL1z`)).toBe(
      true,
    ));
  it.each(['kernel', 'plain'] as const)('is searched by the engine %s', (engine) => {
    for (const detection of [item('a|re', "'EVIL[0-9]+'"), item('a|re|i', "'evil[0-9]+'")]) {
      expect(matches(detection, { a: padded('EVIL9') }, { engine })).toBe(true);
      expect(matches(detection, { a: padded('EVIL') }, { engine })).toBe(false);
    }
  });
});
