import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compile } from '#libs/sigma';
import { changedText, edits } from './bytes.js';
import { inTime, thrownBy, type Fuzz } from './fuzz.js';

/** For one file; far more than any took, for the machine may be busy. */
const MOST_MS = 5_000;

/** Where rules differ from other YAML, and what has broken readers of either. */
const PIECES = [
  '|contains',
  '|all',
  '|re',
  '|re|i',
  '|base64offset',
  '|base64',
  '|wide',
  '|utf16',
  '|windash',
  '|cidr',
  '|expand',
  '|exists',
  '|fieldref',
  '|lt',
  '|gt',
  '|cased',
  '|minute',
  '|neq',
  '|startswith|endswith',
  '%tools%',
  '(a+)+$',
  '(?<=x)y',
  '[[:alpha:]',
  '\\p{L}{1,999}',
  '.*'.repeat(40),
  '*'.repeat(300),
  '\\\\*',
  '1 of them',
  'all of sel*',
  'not (',
  ') or (',
  ' and not not ',
  '| count() by x > 5',
  '&a ',
  '*a',
  '<<: *a',
  '!!js/function x',
  '!!binary aGk=',
  '---\n',
  '...\n',
  '? ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '\t',
  '\u0000',
  '\ufeff',
  '\u2028',
  '@',
  '%YAML 9.9\n',
  '\r\n',
  '  ',
  '\n',
  '|-\n',
  '>+9\n',
  'null',
  '~',
  '0x1f',
  '1e999',
  '.inf',
  '.nan',
  '2024-13-45',
  'correlation:\n  type: event_count\n',
  'filter:\n  rules: any\n',
  'timeframe: 9999999y',
  '__proto__: x',
  'constructor: x',
];

const filesOf = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesOf(path);
    return name.endsWith('.yml') ? [path] : [];
  });

/** A piece at a place, instead of so much text. */
const splice = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  piece: fc.constantFrom(...PIECES),
  times: fc.constantFrom(1, 1, 1, 2, 5),
  over: fc.integer({ min: 0, max: 12 }),
});
/** Lines moved about: keys under other keys. */
const shuffle = fc.record({ from: fc.nat(60), to: fc.nat(60), indent: fc.integer({ min: -4, max: 8 }) });

type RuleChange = {
  splices: { at: number; piece: string; times: number; over: number }[];
  moved: { from: number; to: number; indent: number }[];
};

const changed = (text: string, { splices, moved }: RuleChange): string => {
  const lines = text.split('\n');
  for (const { from, to, indent } of moved) {
    const [line = ''] = lines.splice(from % lines.length, 1);
    lines.splice(to % (lines.length + 1), 0, indent < 0 ? line.slice(-indent) : ' '.repeat(indent) + line);
  }
  return splices.reduce((now, { at, piece, times, over }) => {
    const place = Math.floor(at * (now.length + 1));
    return now.slice(0, place) + piece.repeat(times) + now.slice(place + over);
  }, lines.join('\n'));
};

/** Loaded, or refused with a reason and a line: a compiler of strangers' texts throws nothing and takes no time. */
const judge = (text: string): void => {
  let said: { rules: number; failures: { reason: string; line: number }[] } | undefined;
  const thrown = inTime(
    MOST_MS,
    () => text,
    () =>
      thrownBy(() => {
        const set = compile([{ path: 'fuzz.yml', text }], { placeholders: { tools: ['a', 'b'] } });
        said = { rules: set.rules.length + (set.correlations?.length ?? 0), failures: [...set.failures] };
      }),
  );
  if (thrown !== undefined) throw thrown;
  for (const { reason, line } of said?.failures ?? []) {
    if (!reason || !Number.isInteger(line) || line < 1)
      throw new Error(`a failure without reason or line: ${JSON.stringify(said?.failures)}`);
  }
};

/** Rule texts as tenants import them. */
export const rules: Fuzz = {
  name: 'rules',
  runs: 1_000,
  run: ({ runs, seed }) => {
    const texts = filesOf('rules').map((path) => readFileSync(path, 'utf8'));
    const change = fc.record({
      splices: fc.array(splice, { minLength: 1, maxLength: 6 }),
      moved: fc.array(shuffle, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...texts), change, fc.option(edits, { freq: 4 }), (text, how, bytes) => {
        const spoiled = changed(text, how);
        judge(bytes ? changedText(spoiled, bytes) : spoiled);
      }),
      { numRuns: runs, seed },
    );
  },
};
