import { readdirSync, readFileSync } from 'node:fs';
import { attacks } from '../attacks/index.js';
import { DOCUMENT, documented } from './document.js';
import { mutated } from './mutant.js';

const FOLDER = 'e2e/attacks';
const names = attacks.map(({ name }) => name);
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts') && !['attack.ts', 'index.ts'].includes(name))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

it('every file of attacks stands in the sorted list, once', () => expect(names).toEqual(files));
it.each(attacks.map((one) => [one.name, one] as const))(
  '%s is named in kebab-case and tries a wall there is',
  (name, { line }) => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect([line, Number.isInteger(line) && line >= 1 && line <= 13]).toEqual([line, true]);
  },
);
it.each(attacks.map((one) => [one.name, one] as const))(
  '%s has a guard that can be taken away: the text stands once in its file',
  (_name, { mutation }) => {
    const text = readFileSync(mutation.file, 'utf8');
    expect(mutated(text, mutation)).not.toBe(text);
  },
);

it('every wall is attacked', () => {
  const walls = [...new Set(attacks.map(({ line }) => line))].sort((a, b) => a - b);
  expect(walls).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
});
it('the page of walls names every attack under its wall: npm run e2e:attacks -- --document', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  expect(text).toBe(documented(text, attacks));
});
it('the page of walls has all thirteen', () => {
  const walls = [...readFileSync(DOCUMENT, 'utf8').matchAll(/^#### (\d+)\. .+\n(?:(?!#).*\n)*?Attacks: /gm)].map(
    ([, wall]) => Number(wall),
  );
  expect(walls).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
});

describe('a mutation that does not fit', () => {
  const mutation = { file: 'a.ts', find: 'guard();', replace: '' };
  it.each([
    ['is gone', 'nothing', 0],
    ['stands twice', 'guard(); guard();', 2],
  ])('names its file when the text %s', (_what, text, times) =>
    expect(() => mutated(text, mutation)).toThrow(
      `a.ts: the text to be replaced stands ${times} times in it, not once: guard();`,
    ),
  );
  it('takes the replacement as it is, dollars and all', () =>
    expect(mutated('x guard(); y', { ...mutation, replace: '$& $1' })).toBe('x $& $1 y'));
});
