import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newInstallation, saveInstallation } from './saved-installation.js';

describe('the keys of an installation', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vigie-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);

  it('stay with its data', async () => {
    const first = await newInstallation(at('one'));
    saveInstallation(first);
    expect(await newInstallation(at('one'))).toEqual(first);
  });

  it('go over to one that goes on for it, and nothing else of it does: neither its processes nor its folder', async () => {
    const lost = {
      ...(await newInstallation(at('lost'))),
      pids: { cases: 7 },
      ports: { cases: 8 },
      smtpUrl: 'smtp://x',
    };
    const { keys, issuer } = lost;
    expect(await newInstallation(at('new'), lost)).toEqual({
      ...{ dir: at('new'), keys, issuer, pids: {}, ports: {}, urls: {} },
    });
  });

  it('of one that has some already are not exchanged', async () => {
    const own = await newInstallation(at('own'));
    saveInstallation(own);
    const other = await newInstallation(at('other'));
    expect((await newInstallation(at('own'), other)).issuer).toEqual(own.issuer);
  });
});
