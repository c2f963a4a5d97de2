import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRules } from './rule-files.js';

let folder: string;
const long = `${'deep/'.repeat(25)}rule.yml`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-rules-'));
  for (const path of ['a.yml', 'sub/b.yaml', 'sub/UPPER.YML', 'sub/UP.Yaml', 'sub/readme.md', long]) {
    mkdirSync(join(folder, 'rules', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'rules', path), `title: ${path.length}`);
  }
  execFileSync('tar', ['czf', join(folder, 'rules.tar.gz'), '-C', folder, 'rules']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sorted = (path: string) =>
  readRules(join(folder, path))
    .map(({ text }) => text)
    .sort();
const expected = ['a.yml', 'sub/b.yaml', 'sub/UPPER.YML', 'sub/UP.Yaml', long]
  .map((path) => `title: ${path.length}`)
  .sort();

it('reads a folder', () => expect(sorted('rules')).toEqual(expected));
it('reads an archive, long names too', () => expect(sorted('rules.tar.gz')).toEqual(expected));
it('reads one file', () => expect(sorted('rules/a.yml')).toEqual(['title: 5']));
it('refuses a folder without rules', () => {
  mkdirSync(join(folder, 'empty'));
  expect(() => readRules(join(folder, 'empty'))).toThrow('holds no rules');
});
it('refuses what is not there', () => expect(() => readRules(join(folder, 'nowhere'))).toThrow('is not there'));
