import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantState } from '#contracts';
import { secretsFrom } from '#libs/outbound';
import { startListener, type SecretListener } from '../../services/response/test/conformance/secret-listener.js';
import { verifyAction } from '../../services/response/src/session/index.js';
import { tenant } from '../../services/response/test/samples/action.js';
import { openSessions } from '../../services/response/src/effects/accounts/sessions.js';

export const TOKEN = '00victim-token';

/** Two who listen on this machine: the vendor's place, to which the victim's token belongs, and another's. */
export interface ConnectorScene {
  vendor: SecretListener;
  other: SecretListener;
  /**
   * What a tenant's connector makes response do when it looks for an account;
   * @returns whether the victim's token was received, by anybody.
   */
  look(tenantId: string, at: SecretListener): Promise<boolean>;
}

/** Plays with a secrets file in which the tenant `victim` alone has a token, for the vendor's place alone. */
export const withConnectors = async <Result>(play: (scene: ConnectorScene) => Promise<Result>): Promise<Result> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-attack-'));
  const file = join(dir, 'secrets.json');
  const [vendor, other] = [await startListener(), await startListener()];
  const place = ({ port }: SecretListener): string => `http://127.0.0.1:${port}`;
  writeFileSync(file, JSON.stringify({ victim: { okta: { origins: [place(vendor)], secret: TOKEN } } }), {
    mode: 0o600,
  });
  const sessions = openSessions({ secrets: secretsFrom(file, () => undefined), allow: ['127.0.0.1'], now: Date.now });
  const look: ConnectorScene['look'] = async (tenantId, at) => {
    const settings: TenantState = {
      ...tenant('AUTHORIZE'),
      tenantId,
      connectors: [{ vendor: 'okta', baseUrl: place(at), secretRef: 'okta', account: '' }],
    };
    const session = sessions.for(settings, 'suspend-user');
    if (session)
      await verifyAction(
        session,
        'suspend-user',
        { kind: 'USER', vendorId: 'zoe', name: 'zoe' },
        0,
        AbortSignal.timeout(5_000),
      );
    return [...vendor.heard, ...other.heard].some((said) => said.includes(TOKEN));
  };
  try {
    return await play({ vendor, other, look });
  } finally {
    await Promise.all([vendor.stop(), other.stop()]);
    rmSync(dir, { recursive: true, force: true });
  }
};
