import type { FindingRaised, FindingSummary } from '#contracts';
import { idOf } from '#libs/model';
import { THEN, idsOf, markOf } from './ids.js';

export const summaryOf = (tenant: string): FindingSummary => ({
  findingId: idsOf(tenant).finding,
  ruleId: 'r1',
  title: markOf(tenant),
  severity: 'HIGH',
  confidence: 80,
  techniques: ['T1003.001'],
  tactics: ['credential-access'],
  entities: [{ kind: 'host', value: markOf(tenant) }],
  source: 'edr',
  occurredAt: THEN,
  ingestedAt: THEN + 1,
  detectedAt: THEN + 2,
  criticality: 'HIGH',
  knownIndicator: false,
  assetGroups: ['tier0'],
});

export const raisedOf = (tenant: string): FindingRaised => ({
  type: 'finding.raised',
  findingId: idsOf(tenant).finding,
  rule: {
    id: 'r1',
    title: markOf(tenant),
    level: 'HIGH',
    description: markOf(tenant),
    falsePositives: [markOf(tenant)],
    runbook: 'look',
  },
  groupKey: 'ws6',
  windowStart: 0,
  windowEnd: 1,
  severity: 'HIGH',
  confidence: 80,
  techniques: ['T1003.001'],
  tactics: ['credential-access'],
  entities: [{ kind: 'host', value: markOf(tenant) }],
  source: 'edr',
  kind: 'WINDOWS',
  occurredAt: THEN,
  ingestedAt: THEN + 1,
  detectedAt: THEN + 2,
  eventsTruncated: false,
  assets: [],
  identities: [],
  indicators: [],
  events: [
    {
      id: idOf('event', tenant),
      occurredAt: THEN,
      ingestedAt: THEN + 1,
      entity: 'host:ws6',
      native: Buffer.from(`{"a":"${markOf(tenant)}"}`),
      envelope: Buffer.from('{"host":{"name":"ws6"}}'),
    },
  ],
  explanation: [{ selection: 'selection', field: 'a', value: markOf(tenant) }],
});
