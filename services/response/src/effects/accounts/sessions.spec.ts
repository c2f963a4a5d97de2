import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector, TenantState } from '#contracts';
import { checkSecrets, secretsFrom } from '#libs/outbound';
import { startOktaStandin, type Standin } from '../../../../../tools/standins/src/index.js';
import { startListener, type SecretListener } from '../../../test/conformance/secret-listener.js';
import { identifyTarget, runAction } from '../../session/index.js';
import { tenant } from '../../../test/samples/action.js';
import { openSessions, type VendorSessions } from './sessions.js';

let dir: string;
let file: string;
let idp: Standin;
let listener: SecretListener;
let sessions: VendorSessions;
const told: string[][] = [];

const keep = (entries: unknown): void =>
  writeFileSync(file, typeof entries === 'string' ? entries : JSON.stringify(entries), { mode: 0o600 });
const settings = (tenantId: string, connector: Partial<Connector> = {}): TenantState => ({
  ...tenant('AUTHORIZE'),
  tenantId,
  connectors: [{ vendor: 'okta', baseUrl: idp.url, secretRef: 'okta', account: 'a', ...connector }],
});
const suspend = async (state: TenantState, entity = 'zoe@acme.example') => {
  const session = sessions.for(state, 'suspend-user');
  if (!session) throw new Error('no session');
  const { vendorId, name } = await identifyTarget(session, 'suspend-user', {
    kind: 'USER',
    id: entity,
    entity: `user:${entity}`,
  });
  return runAction(
    session,
    'suspend-user',
    { kind: 'USER', vendorId: vendorId || 'nobody', name: name || entity },
    { idempotencyKey: entity },
  );
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vigie-secrets-'));
  file = join(dir, 'secrets.json');
  idp = await startOktaStandin({});
  listener = await startListener();
  keep({ acme: { okta: { origins: [idp.url], secret: idp.secret } } });
  told.length = 0;
  sessions = openSessions({
    secrets: secretsFrom(file, (problems) => void told.push(problems)),
    allow: ['127.0.0.1'],
    now: Date.now,
  });
});
afterEach(async () => {
  await idp.stop();
  await listener.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe("a tenant's session", () => {
  it('acts with its own secret at the origin the secret is for', async () =>
    expect(await suspend(settings('acme'))).toMatchObject({ outcome: 'SUCCEEDED' }));

  it("knows nothing of another tenant's secret, in the words for none at all", async () => {
    const [theirs, none] = [
      await suspend(settings('globex')),
      await suspend(settings('globex', { secretRef: 'never' })),
    ];
    expect(theirs).toMatchObject({
      outcome: 'FAILED',
      detail: expect.stringContaining('no secret okta is kept for this tenant'),
    });
    expect(none.detail.replaceAll('never', 'okta')).toBe(theirs.detail);
    expect(idp.callLog()).toEqual([]);
  });

  it('follows new settings, and forgets the login of the ones before', async () => {
    await suspend(settings('acme'));
    expect(sessions.for(settings('acme'), 'suspend-user')).toBe(sessions.for(settings('acme'), 'suspend-user'));
    expect(
      await suspend(settings('acme', { baseUrl: `http://127.0.0.1:${listener.port}` }), 'max@acme.example'),
    ).toMatchObject({ outcome: 'FAILED' });
    expect(listener.calls()).toBe(0);
    expect(await suspend(settings('acme'), 'max@acme.example')).toMatchObject({ outcome: 'SUCCEEDED' });
  });

  it('takes a rotated secret without a restart', async () => {
    keep({ acme: { okta: { origins: [idp.url], secret: 'old' } } });
    expect(await suspend(settings('acme'))).toMatchObject({ outcome: 'FAILED' });
    keep({ acme: { okta: { origins: [idp.url], secret: idp.secret } } });
    expect(await suspend(settings('acme'))).toMatchObject({ outcome: 'SUCCEEDED' });
  });

  it('sends nothing while the file is not good, and tells its keeper why, not the tenant', async () => {
    keep({ acme: { okta: { origins: [idp.url], secret: idp.secret } }, globex: { okta: 'HUSH' } });
    const { outcome, detail } = await suspend(settings('acme'));
    expect([outcome, idp.callLog()]).toEqual(['FAILED', []]);
    expect(detail).not.toContain('globex');
    expect(told[0]?.join()).toContain('globex/okta is a value alone');
    expect(() => checkSecrets(file)).toThrow(/globex\/okta is a value alone/);
    expect(() => checkSecrets(join(dir, 'none'))).toThrow('it cannot be read (ENOENT)');
  });
});
