import type { CaseFact, FindingRaised, TelemetryReceived, TenantState } from '#contracts';
import { aSummary, someSettings } from './samples.js';

export const MINUTE = 60_000;
const ada = { subject: 'ada', side: 'PROVIDER' } as const;

/** Settings of a tenant in Paris with one source. */
export const state = (tenantId: string, language: TenantState['language']): TenantState => ({
  ...someSettings,
  tenantId,
  name: tenantId,
  language,
  version: 1,
  timeZone: 'Europe/Paris',
  sources: [{ name: 'endpoint', kind: 'WINDOWS', silentAfterMinutes: 60, receipts: false }],
});

/** A finding detected at an instant. */
export const raised = (at: number): FindingRaised => ({
  type: 'finding.raised',
  findingId: 'f1',
  rule: { id: 'r1', title: 'PsExec', level: 'HIGH', description: '', falsePositives: [], runbook: '' },
  groupKey: 'ws-01',
  windowStart: 0,
  windowEnd: 1,
  severity: 'HIGH',
  confidence: 80,
  techniques: ['T1569.002'],
  tactics: ['execution'],
  entities: [],
  source: 'endpoint',
  kind: 'WINDOWS',
  occurredAt: at - 9_000,
  ingestedAt: at - 4_000,
  detectedAt: at,
  events: [],
  eventsTruncated: false,
  explanation: [],
  assets: [],
  identities: [],
  indicators: [],
});
/** What was received of a range of offsets. */
export const receipt = (fromOffset: number, toOffset: number, at: number): TelemetryReceived => ({
  type: 'telemetry.received',
  source: 'endpoint',
  topic: 'ingest.acme.endpoint',
  partition: 0,
  fromOffset,
  toOffset,
  messages: toOffset - fromOffset + 1,
  accepted: 10 * (toOffset - fromOffset + 1),
  dead: 1,
  unrecognised: 0,
  bytes: 2_000,
  firstOccurredAt: at,
  lastOccurredAt: at,
  hosts: [{ host: 'ws-01', firstOccurredAt: at, lastOccurredAt: at }],
});
/** A case that opens at an instant, and is contained four minutes later. */
export const caseFacts = (at: number): CaseFact[] => [
  {
    type: 'case.opened',
    caseId: 'c1',
    number: 1001,
    title: 'PsExec on ws-01',
    description: '',
    severity: 'HIGH',
    priority: 80,
    because: 'workstation',
    findings: [aSummary({ detectedAt: at - MINUTE })],
    entities: [],
    clocks: [],
    openedBy: { subject: 'cases', side: 'SYSTEM' },
    at,
  },
  { type: 'case.acknowledged', caseId: 'c1', by: ada, at: at + 2 * MINUTE },
  { type: 'case.contained', caseId: 'c1', actionId: 'a1', occurredAt: at + 4 * MINUTE, at: at + 5 * MINUTE },
];
