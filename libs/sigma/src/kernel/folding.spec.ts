import { lower } from '../match/text.js';
import { Arena } from './arena.js';
import { foldValue } from './folding.js';
import { Line } from './line.js';
import { ESCAPED, TEXT, WIDE } from './image/layout.js';

const lineOf = (bytes: Uint8Array): Line => {
  const line = new Line();
  line.fill(bytes);
  return line;
};

const folded = (text: string, flags: number): string => {
  const arena = new Arena();
  const line = lineOf(Buffer.from(`"${text}"`));
  expect(foldValue(line, 1, line.length - 1, flags, arena)).toBe(true);
  return Buffer.from(arena.bytes.subarray(arena.starts[0], arena.ends[0])).toString();
};

describe('text folded as bytes is what the plain evaluator folds', () => {
  it('for every character there is', () => {
    for (let block = 0; block < 0x110000; block += 64) {
      const codes = [...Array(64).keys()]
        .map((code) => block + code)
        .filter((code) => code >= 32 && code !== 0x22 && code !== 0x5c && (code < 0xd800 || code > 0xdfff));
      const text = String.fromCodePoint(...codes);
      expect(folded(text, TEXT | WIDE)).toBe(lower(text));
      if (block < 0x3000)
        for (const code of codes)
          expect(folded(String.fromCodePoint(code), TEXT | WIDE)).toBe(lower(String.fromCodePoint(code)));
    }
  });
  it('with escapes', () => expect(folded('C:\\\\Tmp\\/É\\n\\"', TEXT | WIDE | ESCAPED)).toBe('c:\\tmp/é\n"'));
  it('with escapes in ASCII, at every place of a word', () => {
    for (const text of ['ABC\\\\D', 'AB\\nCDEFG', '@AZ[`az{\\/x', '\\"ABCD\\"', 'ABCDEFG\\t', ''])
      expect(folded(text, TEXT | ESCAPED)).toBe(lower(JSON.parse(`"${text}"`) as string));
  });
  it('for bytes that are no UTF-8', () => {
    const arena = new Arena();
    const line = lineOf(Buffer.from([0x22, 0x41, 0xc3, 0x28, 0xe3, 0x81, 0x22]));
    foldValue(line, 1, 6, TEXT | WIDE, arena);
    expect(Buffer.from(arena.bytes.subarray(0, arena.top)).toString()).toBe('a\ufffd(\ufffd');
  });
  it('and only K (U+212A) and I (U+0130) become ASCII, which keyword search relies on', () => {
    const found = [...Array(0x10000 - 0x80).keys()]
      .map((code) => String.fromCharCode(code + 0x80))
      .filter((char) => /[\0-\x7f]/.test(lower(char)));
    expect(found).toEqual(['\u0130', '\u212a']);
  });
});
