import { besideCheckout } from '#libs/testing';
import { LINES } from './line-forms.js';
import { mutationsOf, overgrown } from './mutations.js';
import { PARSERS } from './parsers.js';

/** A small share of what `npm run bench -- mutations` does, which takes long. */
const MUTATED = 120;
const WORST_BYTES = 65_536;

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
  'takes the worst lines by construction in time that grows with them: %s',
  (_, { kind, begins }) => expect(overgrown({ kind, begins: begins.slice(0, 1) }, WORST_BYTES)).toEqual([]),
);

it('sees time that grows faster than the line', () => {
  const looksBack = (_: unknown, line: Buffer): boolean => /(?:a : )+$/.test(String(line));
  const found = overgrown({ kind: 'LINUX', begins: ['x'] }, WORST_BYTES, looksBack);
  expect(found.map(({ name }) => name)).toEqual(['xa : …']);
});
