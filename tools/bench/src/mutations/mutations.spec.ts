import { besideCheckout } from '#libs/testing';
import { LINES } from './line-forms.js';
import { mutationsOf, overgrown } from './mutations.js';
import { PARSERS } from './parsers.js';
import { linesInSpec } from './spec-lines.js';

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
    const isText = parser.kind !== 'CONTRACT' && parser.door !== 'otlp-protobuf';
    expect(found.events).toBeGreaterThan(isText ? MUTATED * 0.05 : 0);
  },
);

it.each(LINES.map((parser) => [parser.name, parser] as const))(
  'takes the worst lines by construction in time that grows with them: %s',
  (_, parser) => expect(overgrown({ ...parser, begins: parser.begins.slice(0, 1) }, WORST_BYTES)).toEqual([]),
);

it('sees time that grows faster than the line', () => {
  const looksBack = (_: unknown, line: Buffer): boolean => /(?:a : )+$/.test(String(line));
  const found = overgrown({ kind: 'LINUX', begins: ['x'] }, WORST_BYTES, looksBack);
  expect(found.map(({ name }) => name)).toEqual(['xa : …']);
});

it('takes the lines that a spec quotes, and not what its tests are called', () => {
  const lines = linesInSpec('libs/sigma/src/lines/devices/small-firewalls.spec.ts');
  expect(lines).toContain('system,info,account user ada logged in from 203.0.113.9 via winbox');
  expect(lines.filter((line) => line.startsWith('firewalls of'))).toEqual([]);
});
