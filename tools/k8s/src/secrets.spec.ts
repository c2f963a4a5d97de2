import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (input: string, ...flags: string[]) =>
  spawnSync(process.execPath, ['tools/k8s/bin/secrets.mjs', ...flags], { input, encoding: 'utf8' });
const MADE = "SIGNING_KEY_CASES='{}'\nTRUSTED_KEYS='{}'\n";
const MONGO = ['--mongo', 'mongodb://{user}:{password}@host/'];

describe('secrets that would be of no use', () => {
  let dir = '';
  beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'vigie-secrets-'))));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each([
    ['of nothing', '', MONGO, 'nothing came in'],
    ['for two kinds of store', MADE, [...MONGO, '--mongo-operator'], 'one of the two'],
    ['of users that nobody makes', MADE, [...MONGO, '--users'], 'name the file'],
    ['of users written into a flag', MADE, [...MONGO, '--users', '--kafka'], 'name the file'],
    ['of no store', MADE, [], 'name the store'],
  ])('are not made: %s', (_, input, flags, said) => {
    expect(run(input, ...flags)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(said) as string,
    });
  });

  it('are not made over users that are there', () => {
    const users = join(dir, 'users.js');
    writeFileSync(users, '');
    expect(run(MADE, ...MONGO, '--users', users)).toMatchObject({ status: 2, stdout: '' });
  });
});
