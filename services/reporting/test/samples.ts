/** Documents for tests, empty but for what a test says. */
import type { CaseClock, ClockKind, FindingSummary, TenantState } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import type {
  ActionJournal,
  CaseJournal,
  FindingJournal,
  HuntJournal,
  JournalFinding,
  Journals,
  ReceiptJournal,
} from '../src/domain/journals/index.js';

/** Monday 16 November 2026, 09:00 UTC, plus minutes. */
export const minute = (minutes: number): number => Date.UTC(2026, 10, 16, 9) + minutes * 60_000;

export const theWeek = { from: Date.UTC(2026, 10, 16), to: Date.UTC(2026, 10, 23) };

export const aFinding = (over: Partial<JournalFinding> = {}): JournalFinding => ({
  findingId: 'f1',
  ruleId: 'r1',
  title: 'Credential dumping',
  severity: 'HIGH',
  confidence: 80,
  techniques: ['T1003.001'],
  tactics: ['credential-access'],
  entities: [{ kind: 'host', value: 'ws-01' }],
  source: 'endpoint',
  occurredAt: minute(-3),
  ingestedAt: minute(-1),
  detectedAt: minute(-0.5),
  criticality: 'HIGH',
  knownIndicator: false,
  assetGroups: [],
  addedAt: minute(0),
  removedAt: null,
  ...over,
});

export const aSummary = (over: Partial<FindingSummary> = {}): FindingSummary => {
  const { addedAt: _added, removedAt: _removed, ...summary } = aFinding(over);
  return summary;
};

export const aCase = (over: Partial<CaseJournal> = {}): CaseJournal => ({
  applied: [1, 0],
  caseId: 'c1',
  number: 1,
  title: 'Credential dumping on ws-01',
  openedAt: minute(0),
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  weights: [
    { severity: 'HIGH', priority: 80, because: 'workstation, high; credential access', at: over.openedAt ?? minute(0) },
  ],
  statuses: [{ status: 'NEW', onHoldReason: 'NONE', at: over.openedAt ?? minute(0) }],
  phases: [],
  verdicts: [],
  clocks: [],
  findings: [],
  acknowledgedAt: [],
  notifiedAt: [],
  contained: [],
  actions: [],
  closings: [],
  reopenedAt: [],
  merged: null,
  messages: [],
  recommendations: [],
  ratings: [],
  ...over,
});

export const anAction = (over: Partial<ActionJournal> = {}): ActionJournal => ({
  applied: [1, 0],
  actionId: 'a1',
  caseId: 'c1',
  actionClass: 'isolate-host',
  target: { kind: 'HOST', id: 'ws-01', entity: 'host:ws-01' },
  reactId: 'RA3001',
  d3fend: 'D3-NI',
  reason: 'credential dumping',
  ttlMinutes: 1440,
  detectedAt: minute(-0.5),
  proposedAt: minute(1),
  decisions: [],
  approvalRequested: null,
  approved: null,
  denied: null,
  expiredAt: null,
  guidedAt: null,
  skipped: null,
  started: [],
  finished: [],
  verified: [],
  reverted: null,
  revertFailed: null,
  doneByCustomer: null,
  ...over,
});

export const aFindingDoc = (
  over: Partial<NonNullable<FindingJournal['raised']>> = {},
  rest: Partial<FindingJournal> = {},
): FindingJournal => ({
  findingId: 'f1',
  raised: {
    ruleId: 'r1',
    title: 'Credential dumping',
    severity: 'HIGH',
    techniques: ['T1003.001'],
    source: 'endpoint',
    occurredAt: minute(-3),
    ingestedAt: minute(-1),
    detectedAt: minute(-0.5),
    ...over,
  },
  counts: [],
  places: [],
  ...rest,
});

export const aReceipt = (over: Partial<ReceiptJournal> = {}): ReceiptJournal => ({
  source: 'endpoint',
  topic: 'ingest.acme.endpoint',
  partition: 0,
  watermark: -1,
  tail: [],
  slots: [{ slot: Math.floor(minute(0) / 900_000), messages: 10, accepted: 1_000, dead: 2, bytes: 500_000 }],
  ...over,
});

export const aHunt = (over: Partial<HuntJournal> = {}): HuntJournal => ({
  applied: [1, 0],
  huntId: 'h1',
  hypothesis: 'Someone dumps LSASS with comsvcs.dll',
  technique: 'T1003.001',
  askedAt: minute(200),
  scope: { from: minute(-10_000), to: minute(200), source: '' },
  finished: { rows: 0, scanned: 12_000, elapsedMs: 850, failure: null, at: minute(201) },
  ...over,
});

export const aClock = (
  kind: ClockKind,
  minutes: number,
  startedAt: number,
  over: Partial<CaseClock> = {},
): CaseClock => ({
  kind,
  minutes,
  businessHours: false,
  startedAt,
  dueAt: startedAt + minutes * 60_000,
  ...over,
});

export const nothing: Journals = {
  cases: [],
  actions: [],
  findings: [],
  receipts: [],
  hosts: [],
  hunts: [],
  exceptions: [],
  postures: [],
  recommendations: [],
  rules: [],
};

export const someSettings: TenantState = {
  type: 'tenant.state',
  tenantId: 'acme',
  version: 7,
  active: true,
  name: 'Acme Industries',
  prefix: 'ACME',
  language: 'EN',
  timeZone: 'Europe/London',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 1,
    mode: 'AUTHORIZE',
    overrides: [],
    exclusions: [],
    approvalMinutes: 60,
    unreachableClasses: [],
    guards: STANDARD_GUARDS,
  },
  contacts: [],
  calendar: { days: [], holidays: [] },
  sla: [],
  connectors: [],
  identities: [],
  assets: [
    {
      assetId: 'ws-01',
      hostnames: ['ws-01', 'ws-01.acme.example'],
      criticality: 'HIGH',
      owner: 'IT',
      unit: 'Finance',
      exposure: 'internal',
      groups: [],
    },
    {
      assetId: 'dc-01',
      hostnames: ['dc-01'],
      criticality: 'CRITICAL',
      owner: 'IT',
      unit: 'IT',
      exposure: 'internal',
      groups: [],
    },
  ],
  sources: [
    { name: 'endpoint', kind: 'WINDOWS', silentAfterMinutes: 1_440, receipts: false },
    { name: 'network', kind: 'SURICATA', silentAfterMinutes: 60, receipts: false },
  ],
};
