import { join } from 'node:path';
import { compile } from '../compile.js';
import { packPath, readRules } from '../../test/pack.js';
import { chanceOf, type Chance } from '../../test/random.js';
import { readCarefully } from './yaml-careful.js';
import { readQuickly } from './yaml-quick.js';

/**
 * What the quick parser reads of a text, and what the careful one does; documents that hold nothing at the end do not
 * matter.
 */
const both = (text: string): { quick: unknown; careful: unknown } | undefined => {
  const quick = readQuickly(text);
  if (!quick) return undefined;
  return { quick: told(quick), careful: told(readCarefully(text)) };
};
const told = (documents: readonly { value: unknown; line: number; problem?: unknown }[]): unknown[] => {
  const list = documents.map(({ value, line, problem }) =>
    value === null || typeof value !== 'object' || Array.isArray(value) ? { value, problem } : { value, line, problem },
  );
  while (list.length > 0 && list.at(-1)?.value === null && !list.at(-1)?.problem) list.pop();
  return list;
};
const agree = (text: string): boolean => {
  const found = both(text);
  if (found) expect({ text, read: found.quick }).toEqual({ text, read: found.careful });
  return found !== undefined;
};

const RULE = `# a comment
title: It's a 'title'
id: "7"
description: |
  two lines

   and more
logsource: { product: windows, category: process_creation }
detection:
    selection:
      - Image|endswith: ['\\cmd.exe', "\\\\powershell.exe", plain text]
        EventID: [1, 0x1f, 0o17, 0777, 1e3, 1_000, -0, +12, .5, 7., 12:30:45, 0b1]
      - Flag: [yes, no, true, TRUE, tRue, null, Null, ~, '', "null", .inf, -.INF, .NaN, 123456789012345678901234567890]
    filter:
        When: 2020-01-01
        Long: >-
          folded
          text
        Nothing:
        # in between
        Key with spaces: a:b
    condition: selection and not filter
falsepositives:
- Unknown
- "tab\\tand \\u00e9"
level: high
`;

const TRICKY = [
  RULE,
  '',
  '\n\n',
  '# nothing\n',
  '---\n',
  '---\na: 1\n---\n',
  'a: 1\n---\nb: 2\n---\n---\nc: 3\n',
  '---\n# c\n\n a: 1\n b: 2\n',
  'a: 1\n--- b: 2\n',
  'a: 1\n...\n---\nb: 2\n',
  'a: &x 1\nb: *x\n',
  'a: &x {k: 1}\nb:\n  <<: *x\n',
  'a: [012, 1.10, 0x1F, 0o17, 1e3, -0, +1, .5, 7., 1.0, 9223372036854775807, .inf, -.INF, .nan]\n',
  '012: a\n1.0: b\n1: c\n-0: d\n',
  'a: {1.0: b, 1: c}\n',
  'a: 1\na: 2\n',
  'a: {b: 1, b: 2}\n',
  '1: a\n"1": b\n',
  'a:\n\tb: 1\n',
  'a:\t1\n',
  'null: 1\n',
  '~: 1\n',
  ': 1\n',
  '? a\n: b\n',
  '[a]: b\n',
  'a: !!str 1\n',
  'a: ! b\n',
  '%YAML 1.2\n---\na: 1\n',
  'a: [1,\n2]\n',
  'a: {b: 1\n}\n',
  'a: "x\ny"\n',
  'a: "x\n  y"\n',
  "a: 'it''s'\n",
  'a: b # c\n',
  'a: b#c\n',
  'a: |+\n x\n\n\nb: 1\n',
  'a: |2\n   x\n',
  'a\n',
  '- a\n- b\n',
  'a: b\r\nc: d\r\n',
  'a: b\rc: d\n',
  '\ufeffa: 1\n',
  'a: \u2028b\n',
  '__proto__: {a: 1}\n',
  'a: "\\x41\\u0042"\n',
  'a: "\\q"\n',
  "a: 'b\n",
  'a: [b\n',
  'a: @b\n',
  'a: `b\n',
  'a: %b\n',
  'a: - b\n',
  'a: b: c\n',
  'a: [[b]]\n',
  'a: {b}\n',
  'a: ?b\n',
  'a: -\n',
];

const ODDITIES = [
  ' ',
  '  ',
  '\n',
  '-',
  ': ',
  ':',
  '#',
  ' #',
  "'",
  '"',
  '|',
  '>',
  '[',
  ']',
  '{',
  '}',
  ',',
  '\\',
  '\t',
  '---\n',
  '...\n',
  '&a',
  '*a',
  '!',
  '%',
  '@',
  '? ',
  '~',
  'null',
  '1',
  '- ',
  '\r\n',
  '|-',
  '>+',
  '<<',
];

const mutated = (text: string, chance: Chance): string => {
  const lines = text.split('\n');
  const from = chance.below(lines.length);
  let result = lines.slice(from, from + 3 + chance.below(15)).join('\n');
  for (let times = 1 + chance.below(3); times > 0; times--) {
    const at = chance.below(result.length + 1);
    result =
      result.slice(0, at) +
      (chance.once(3) ? '' : chance.pick(ODDITIES)) +
      result.slice(at + (chance.once(3) ? 1 + chance.below(4) : 0));
  }
  return result;
};

describe('the quick parser of YAML', () => {
  it.each(TRICKY.map((text) => [JSON.stringify(text), text]))(
    'reads as the careful one does, or not at all: %.60s',
    (_, text) => void agree(text),
  );

  it('reads what rules are made of', () => expect(readQuickly(RULE)).toHaveLength(1));

  it('agrees on damaged texts, or leaves them alone', () => {
    const chance = chanceOf(5);
    const read = [...Array(3_000).keys()].filter(() => agree(mutated(RULE, chance)));
    expect(read.length).toBeGreaterThan(500);
  });

  const pack = packPath();
  const test = pack === undefined ? it.skip : it;
  test(`agrees on SigmaHQ's rules, and reads nearly all of them${pack === undefined ? ' (skipped: no ../shared/data)' : ''}`, () => {
    const sources = readRules(join(pack ?? '', 'sigma', 'sigma-rules.tar.gz'));
    const left = sources.filter(({ text }) => !agree(text));
    expect(sources).toHaveLength(3693);
    expect(left.length).toBeLessThan(20);
  }, 60_000);
});

describe('what is wrong with a file', () => {
  const failure = (text: string): unknown => compile([{ path: 'r.yml', text }]).failures[0];
  it('is a key written twice, with its line', () =>
    expect(failure('title: a\nid: 1\ntitle: b\n')).toMatchObject({
      line: 3,
      reason: expect.stringContaining('unique'),
    }));
  it('is a crowd of aliases', () => {
    const levels = [...'abcdefgh'].map(
      (name, index) =>
        `${name}: &${name} [${[...Array(9).keys()].map(() => (index === 0 ? 'x' : `*${'abcdefgh'[index - 1]}`)).join(', ')}]`,
    );
    expect(failure(levels.join('\n'))).toMatchObject({ reason: 'not valid YAML: too many aliases' });
  });
  it('is a merge of what is no map', () =>
    expect(failure('a: &a x\nb: {<<: *a}\n')).toMatchObject({
      reason: "not valid YAML: '<<' merges maps, or lists of maps",
    }));
  it.each([
    [
      'merged again and again',
      `a: &a {k: x}\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} {<<: [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]}`).join('\n')}`,
    ],
    ['an alias of itself', 'a: &a {b: *a}'],
    ['merged into itself', 'a: &a {<<: *a, k: x}'],
  ])('is %s', (_, text) =>
    expect(failure(text)).toMatchObject({ reason: 'not valid YAML: too many aliases', limit: 'nodes' }),
  );
  const utf16 = Buffer.from('title: Größe\nid: 1\n', 'utf16le');
  it.each([
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 1, 'the file is UTF-16: save it as UTF-8'],
    ['UTF-16 without a mark', utf16, 1, 'the file is UTF-16: save it as UTF-8'],
    ['UTF-16, big-endian', Buffer.from(utf16).swap16(), 1, 'the file is UTF-16: save it as UTF-8'],
    [
      'Latin-1',
      Buffer.from('title: a\nid: Größe\n', 'latin1'),
      2,
      'the file is not UTF-8, but Latin-1 or another code page: save it as UTF-8',
    ],
    ['a zero', Buffer.from('title: a\nid: b\ndate: \0\n'), 3, 'the character of code 0 has no place in YAML'],
  ])('is its character set: %s', (_, bytes, line, reason) =>
    expect(failure(bytes.toString('utf8'))).toEqual({ file: 'r.yml', line, reason }),
  );
  it('lies on the line where it stands, in a later document too', () => {
    const good = 'title: a\nid: 1\nlogsource: {product: windows}\ndetection:\n  s: {A: b}\n  condition: s\n';
    expect(
      failure(`${good}---\n# second\n${good.replace('id: 1', 'id: 2').replace('condition: s', 'condition: t')}`),
    ).toMatchObject({ line: 14, reason: expect.stringContaining("'t'") });
  });
});
