import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The secrets that each of the tenants keeps, in a file of this test's own: `environment` names it, `forget` removes
 * it.
 */
export const keepSecrets = (
  tenants: readonly string[],
  kept: Record<string, { origins: string[]; secret: string }>,
) => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-secrets-'));
  const SECRETS_FILE = join(dir, 'secrets.json');
  writeFileSync(SECRETS_FILE, JSON.stringify(Object.fromEntries(tenants.map((id) => [id, kept]))), { mode: 0o600 });
  return {
    environment: { SECRETS_FILE, EGRESS_ALLOW: '127.0.0.1', VERIFY_AFTER_MS: '50' },
    forget: () => rmSync(dir, { recursive: true, force: true }),
  };
};
