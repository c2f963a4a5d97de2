import type { CaseOpened, TenantState } from '#contracts';
import { tenant } from '../src/domain/action/samples.js';

/** A tenant that wants to agree first; its EDR is nowhere. */
export const stateFor = (tenantId: string): TenantState => ({
  ...tenant('COLLABORATE'), tenantId, connectors: [{ vendor: 'defender', baseUrl: 'http://127.0.0.1:9', secretRef: 'edr', account: tenantId }],
});

/** A case whose finding asks for an isolation. */
export const openedFor = (tenantId: string): CaseOpened => ({
  type: 'case.opened', caseId: `c-${tenantId}`, number: 1001, title: 'LSASS was read', description: '', severity: 'HIGH', priority: 80, because: '', clocks: [],
  entities: [{ kind: 'host', value: 'web01' }],
  findings: [{
    findingId: `f-${tenantId}`, ruleId: 'r1', title: 'LSASS was read', severity: 'HIGH', confidence: 80, techniques: ['T1003.001'], tactics: [], source: 'edr',
    entities: [{ kind: 'host', value: 'web01' }], occurredAt: 1, ingestedAt: 2, detectedAt: 3, criticality: 'HIGH', knownIndicator: false, assetGroups: [],
  }],
  openedBy: { subject: 'cases', side: 'SYSTEM' }, at: 4,
});
