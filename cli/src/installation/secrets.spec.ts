import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropSecret, keptSecrets, prepareSecrets, putSecret, secretsFileOf } from './secrets.js';

const edr = { tenant: 'acme', ref: 'edr', origins: ['https://API.vendor.example/'], secret: 'HUSH-HUSH' };
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vigie-secrets-'));
  file = secretsFileOf(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('keeps secrets for their owner alone, each with its tenant and origins', () => {
  prepareSecrets(dir);
  putSecret(file, edr);
  putSecret(file, { ...edr, tenant: 'globex', secret: 'OTHER' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    acme: { edr: { origins: ['https://api.vendor.example'], secret: 'HUSH-HUSH' } },
    globex: { edr: { origins: ['https://api.vendor.example'], secret: 'OTHER' } },
  });
  expect([statSync(file).mode & 0o777, readdirSync(dir)]).toEqual([0o600, ['secrets.json']]);
});
it('rotates one and drops one, leaving the others', () => {
  putSecret(file, edr);
  putSecret(file, { ...edr, ref: 'idp' });
  putSecret(file, { ...edr, secret: 'NEW' });
  dropSecret(file, { tenant: 'acme', ref: 'idp' });
  expect(keptSecrets(file)).toEqual([{ ...edr, origins: ['https://api.vendor.example'], secret: 'NEW' }]);
  expect(() => dropSecret(file, { tenant: 'globex', ref: 'edr' })).toThrow('keeps no secret edr of globex');
});
it.each([
  [{ origins: ['https://api.vendor.example/v1'] }, 'origin 1 is not one'],
  [{ origins: [] }, 'has no origins'],
  [{ ref: 'env:X' }, 'the reference is a letter'],
  [{ tenant: 'A_1' }, 'is not the id of a tenant'],
  [{ secret: '' }, 'has no secret'],
])('takes nothing wrong: %j', (special, sentence) => {
  putSecret(file, edr);
  expect(() => putSecret(file, { ...edr, ...special })).toThrow(sentence);
  expect([keptSecrets(file).length, readdirSync(dir)]).toEqual([1, ['secrets.json']]);
});
it('does not touch a file that is not good, and quotes nothing of it', () => {
  writeFileSync(file, '{"edr":"HUSH-HUSH"}');
  for (const attempt of [() => putSecret(file, edr), () => prepareSecrets(dir)]) {
    expect(attempt).toThrow(/edr is a value alone: a secret belongs to a tenant/);
    expect(attempt).not.toThrow(/HUSH/);
  }
  expect(readFileSync(file, 'utf8')).toBe('{"edr":"HUSH-HUSH"}');
});
