import { besideCheckout } from '#libs/testing';
import { LINES } from './line-forms.js';
import { mutationsOf, worstOf } from './mutations.js';
import { PARSERS } from './parsers.js';

/** A small share of what `npm run bench -- mutations` does, which takes long. */
const MUTATED = 120;
const WORST = { bytes: 65_536, ms: 100 };

it('parsers are named once, and begin with lines of their own', () => {
  expect(new Set(PARSERS.map(({ name }) => name)).size).toBe(PARSERS.length);
  expect(PARSERS.filter(({ own }) => own.length === 0)).toEqual([]);
});

it.each(PARSERS.map((parser) => [parser.name, parser] as const))(
  'takes mutated lines: no crash, and every event fits: %s',
  (_, parser) => {
    const found = mutationsOf(parser, { lines: MUTATED, seed: 12, pack: besideCheckout('shared/data', 'expected') });
    expect(found.wrong).toEqual([]);
    expect(found.events + found.rejected).toBeGreaterThan(MUTATED * 0.9);
    // Of bytes that are no text little is left by a change.
    expect(found.events).toBeGreaterThan(parser.kind === 'CONTRACT' ? 0 : MUTATED * 0.1);
  },
);

it.each(LINES.map((parser) => [parser.name, parser] as const))(
  'takes the worst lines by construction in time: %s',
  (_, parser) => {
    const [slowest] = worstOf({ ...parser, begins: parser.begins.slice(0, 1) }, WORST.bytes, WORST.ms);
    expect(slowest?.ms).toBeLessThan(WORST.ms);
  },
);
