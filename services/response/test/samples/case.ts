import type { CaseOpened, TenantState } from '#contracts';
import type { Standin } from '../../../../tools/standins/src/index.js';
import { tenant } from './action.js';

/** A tenant that wants to agree first. */
export const stateFor = (tenantId: string, edr: Standin): TenantState => ({
  ...tenant('COLLABORATE'),
  tenantId,
  connectors: [{ vendor: 'defender', baseUrl: edr.url, secretRef: 'edr', account: tenantId }],
});

/** A case whose finding asks for an isolation of the host. @param detectedAt epoch ms: what is old is not acted on. */
export const caseWith = (caseId: string, host: string, detectedAt = Date.now()): CaseOpened => ({
  type: 'case.opened',
  caseId,
  number: 1001,
  title: 'LSASS was read',
  description: '',
  severity: 'HIGH',
  priority: 80,
  because: '',
  clocks: [],
  entities: [{ kind: 'host', value: host }],
  findings: [
    {
      findingId: `f-${caseId}`,
      ruleId: 'r1',
      title: 'LSASS was read',
      severity: 'HIGH',
      confidence: 80,
      techniques: ['T1003.001'],
      tactics: [],
      source: 'edr',
      entities: [{ kind: 'host', value: host }],
      occurredAt: 1,
      ingestedAt: 2,
      detectedAt,
      criticality: 'HIGH',
      knownIndicator: false,
      assetGroups: [],
    },
  ],
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at: 4,
});

/** A tenant's case of its own. */
export const openedFor = (tenantId: string): CaseOpened => caseWith(`c-${tenantId}`, 'web01');
