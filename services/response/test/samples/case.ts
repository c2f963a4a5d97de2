import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseOpened, TenantState } from '#contracts';
import type { Standin } from '../../../../tools/standins/src/index.js';
import { tenant } from './action.js';

/**
 * The secrets that each of the tenants keeps, in a file of this test's own: `environment` names it, `forget` removes
 * it.
 */
export const keeping = (tenants: readonly string[], kept: Record<string, { origins: string[]; secret: string }>) => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-secrets-'));
  const SECRETS_FILE = join(dir, 'secrets.json');
  writeFileSync(SECRETS_FILE, JSON.stringify(Object.fromEntries(tenants.map((id) => [id, kept]))), { mode: 0o600 });
  return {
    environment: { SECRETS_FILE, EGRESS_ALLOW: '127.0.0.1', VERIFY_EVERY_MS: '50' },
    forget: () => rmSync(dir, { recursive: true, force: true }),
  };
};

/** A tenant that wants to agree first. */
export const stateFor = (tenantId: string, edr: Standin): TenantState => ({
  ...tenant('COLLABORATE'),
  tenantId,
  connectors: [{ vendor: 'defender', baseUrl: edr.url, secretRef: 'edr', account: tenantId }],
});

/** A case whose finding asks for an isolation. */
export const openedFor = (tenantId: string): CaseOpened => ({
  type: 'case.opened',
  caseId: `c-${tenantId}`,
  number: 1001,
  title: 'LSASS was read',
  description: '',
  severity: 'HIGH',
  priority: 80,
  because: '',
  clocks: [],
  entities: [{ kind: 'host', value: 'web01' }],
  findings: [
    {
      findingId: `f-${tenantId}`,
      ruleId: 'r1',
      title: 'LSASS was read',
      severity: 'HIGH',
      confidence: 80,
      techniques: ['T1003.001'],
      tactics: [],
      source: 'edr',
      entities: [{ kind: 'host', value: 'web01' }],
      occurredAt: 1,
      ingestedAt: 2,
      detectedAt: 3,
      criticality: 'HIGH',
      knownIndicator: false,
      assetGroups: [],
    },
  ],
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at: 4,
});
