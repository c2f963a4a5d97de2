import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveAccess } from './access.js';

const access = {
  kafka: {
    username: 'partner.acme.edr',
    password: 'secret',
    topic: 'ingest.acme.edr',
    brokers: ['127.0.0.1:9'],
    mechanism: 'SCRAM-SHA-512' as const,
  },
  http: { url: 'http://127.0.0.1:8088/v1/ingest/edr', receipts: 'https://in.example/v1/receipts/edr', token: 'token' },
};

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'vigie-access-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('what lets a partner in is written for its owner alone, over what everybody could read', () => {
  const file = join(folder, 'partner.json');
  writeFileSync(file, 'before', { mode: 0o644 });
  saveAccess(file, access);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(access);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
it('nothing of it stays where it cannot be written', () => {
  expect(() => saveAccess(join(folder, 'nowhere', 'partner.json'), access)).toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual([]);
});
