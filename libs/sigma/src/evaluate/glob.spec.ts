import fc from 'fast-check';
import { readPattern } from '../rule/pattern.js';
import { Grams, gramsOf } from './grams.js';
import { patternTest } from './field-tests.js';

describe('patterns', () => {
  it('answer as the plainest regular expression would', () => {
    const text = fc.stringMatching(/^[ab*?\\x]{0,10}$/);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('*', '?', 'a', 'b', 'ab', 'x'), { maxLength: 8 }), text, (pieces, value) => {
        const expression = pieces.map((piece) => (piece === '*' ? '[^]*' : piece === '?' ? '[^]' : piece)).join('');
        expect(patternTest(readPattern(pieces.join('')), 0)(value)).toBe(new RegExp(`^${expression}$`).test(value));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('runs of three characters', () => {
  it('never deny a literal that is there', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (before, literal, after) => {
          const grams = new Grams();
          grams.fill(['other', before + literal + after]);
          expect(grams.mayHold(gramsOf(literal))).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
