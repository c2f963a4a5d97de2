import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsFrom } from './sessions.js';

describe('the file of secrets', () => {
  let dir: string;
  beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'vigie-secrets-')); });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const asking = (text: string, ref = 'edr'): Promise<string> => {
    const file = join(dir, 'secrets.json');
    writeFileSync(file, text);
    return secretsFrom(file)(ref);
  };

  it('gives a secret by its reference', async () => expect(await asking('{"edr":"HUSH"}')).toBe('HUSH'));
  it('knows no other', () => expect(asking('{"edr":"HUSH"}', 'toString')).rejects.toThrow('no secret is kept under toString'));
  it.each(['HUSH-HUSH', '{"edr":"HUSH-HUSH}', '{"edr":HUSH-HUSH}'])('is not quoted when it is no JSON: %s', async (text) => {
    const error = await asking(text).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ message: 'the secrets file is not JSON' });
    expect((error as Error).cause).toBeUndefined();
  });
  it.each(['null', '"HUSH"', '3'])('must be an object: %s', (text) => expect(asking(text)).rejects.toThrow('the secrets file is not a JSON object'));
});
