import type {
  ActionApprovalRequested,
  ActionDecided,
  ActionProposed,
  AnyFact,
  BacktestAsked,
  BacktestFinished,
  BacktestPage,
  CaseMessagePosted,
  CaseNoteAdded,
  CaseOpened,
  CaseRecommendationAdded,
  ClusteringCaseNumbered,
  ClusteringFindingPlaced,
  FindingRaised,
  FindingSummary,
  HuntAsked,
  HuntFinished,
  HuntPage,
  ReportMade,
  RequestAnswered,
  Role,
  RulesetActivated,
  RulesetExceptionAdded,
  RulesetExceptionApplied,
  RulesetImportParked,
  RulesetLoaded,
  RulesetPlaceholderSet,
  TelemetryReceived,
  TenantPolicyProposed,
  TenantPolicySet,
  TenantState,
} from '#contracts';
import { idOf, type Envelope } from '#libs/model';

export const THEN = Date.UTC(2026, 10, 2, 10, 0);
const provider = { subject: 'ada', side: 'PROVIDER' } as const;

/** Ids of the things of a tenant. */
export const idsOf = (tenant: string) => ({
  case: idOf('case', tenant),
  finding: idOf('finding', tenant),
  action: idOf('action', tenant),
  report: idOf('report', tenant),
  exception: idOf('exception', tenant),
  backtest: idOf('backtest', tenant),
  hunt: idOf('hunt', tenant),
  message: idOf('message', tenant),
  proposal: idOf('proposal', tenant),
  recommendation: idOf('recommendation', tenant),
  request: idOf('request', tenant),
});

/** Each text of a tenant's facts holds it, so that a leak shows. */
export const markOf = (tenant: string): string => `only-${tenant}`;

export const stateOf = (tenantId: string, mark = markOf(tenantId)): TenantState => ({
  type: 'tenant.state',
  tenantId,
  version: 1,
  active: true,
  name: mark,
  prefix: tenantId.toUpperCase(),
  language: 'FR',
  timeZone: 'Europe/Paris',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 1,
    mode: 'COLLABORATE',
    overrides: [],
    exclusions: [{ entity: 'host:x', reason: mark }],
    approvalMinutes: 60,
    unreachableClasses: [],
  },
  contacts: [
    {
      name: mark,
      subject: `carol@${tenantId}`,
      kind: 'INCIDENT',
      channel: 'mail',
      address: mark,
      callWindow: '',
      language: 'EN',
    },
  ],
  calendar: { days: [], holidays: [] },
  sla: [],
  identities: [],
  assets: [
    {
      assetId: mark,
      hostnames: ['ws6'],
      criticality: 'HIGH',
      owner: mark,
      unit: '',
      exposure: '',
      groups: ['servers'],
    },
  ],
  sources: [{ name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 60 }],
  connectors: [{ vendor: 'v', baseUrl: `https://${mark}.example`, secretRef: 'never', account: mark }],
});

const policyFacts = (tenant: string) => {
  const [{ policy }, mark] = [stateOf(tenant), markOf(tenant)];
  return [
    {
      type: 'tenant.policy-set',
      policy,
      looser: [mark],
      tighter: [mark],
      by: provider,
      at: THEN,
    } satisfies TenantPolicySet,
    {
      type: 'tenant.policy-proposed',
      proposalId: idsOf(tenant).proposal,
      policy: { ...policy, mode: 'AUTHORIZE' },
      assets: [],
      identities: [],
      looser: [mark],
      tighter: [],
      policyVersion: 1,
      expiresAt: Date.UTC(2099, 0, 1),
      by: provider,
      at: THEN,
    } satisfies TenantPolicyProposed,
  ];
};

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
    },
  ],
  explanation: [{ selection: 'selection', field: 'a', value: markOf(tenant) }],
});

export const openedOf = (tenant: string, caseId = idsOf(tenant).case, number = 1001): CaseOpened => ({
  type: 'case.opened',
  caseId,
  number,
  title: markOf(tenant),
  description: markOf(tenant),
  severity: 'HIGH',
  priority: 80,
  because: markOf(tenant),
  findings: [summaryOf(tenant)],
  entities: [{ kind: 'host', value: markOf(tenant) }],
  clocks: [{ kind: 'CONTAIN', minutes: 60, businessHours: false, startedAt: THEN, dueAt: THEN + 1 }],
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at: THEN + 3,
});

const caseFacts = (tenant: string) => {
  const { case: caseId, message, recommendation } = idsOf(tenant);
  const text = markOf(tenant);
  const at = THEN + 10;
  return [
    openedOf(tenant),
    { type: 'case.note-added', caseId, noteId: idOf('note', tenant), text, by: provider, at } satisfies CaseNoteAdded,
    {
      type: 'case.message-posted',
      caseId,
      messageId: message,
      kind: 'QUESTION',
      text,
      by: provider,
      at,
    } satisfies CaseMessagePosted,
    {
      type: 'case.recommendation-added',
      caseId,
      recommendationId: recommendation,
      text,
      by: provider,
      at,
    } satisfies CaseRecommendationAdded,
  ];
};

const actionFacts = (tenant: string) => {
  const { case: caseId, action: actionId } = idsOf(tenant);
  const at = THEN + 20;
  return [
    {
      type: 'action.proposed',
      actionId,
      caseId,
      actionClass: 'isolate-host',
      openc2Action: 'contain',
      reactId: 'RA3102',
      d3fend: 'D3-NI',
      inverse: 'release-host',
      target: { kind: 'HOST', id: 'ws6', entity: 'host:ws6' },
      severity: 'HIGH',
      confidence: 80,
      assetGroups: [],
      reason: markOf(tenant),
      ttlMinutes: 60,
      detectedAt: THEN + 2,
      by: { subject: 'response', side: 'SYSTEM' },
      at,
    } satisfies ActionProposed,
    {
      type: 'action.decided',
      actionId,
      caseId,
      decision: 'ASK',
      rule: 'mode',
      because: markOf(tenant),
      policyVersion: 1,
      at,
    } satisfies ActionDecided,
    {
      type: 'action.approval-requested',
      actionId,
      caseId,
      contacts: [],
      question: markOf(tenant),
      expiresAt: at + 1,
      at,
    } satisfies ActionApprovalRequested,
  ];
};

const huntFacts = (tenant: string) => {
  const { hunt: huntId } = idsOf(tenant);
  const [hypothesis, technique] = [markOf(tenant), 'T1003'];
  const query = { from: THEN, to: THEN + 1, source: '', filters: [], limit: 10 };
  return [
    { type: 'hunt.asked', huntId, hypothesis, technique, query, by: provider, at: THEN } satisfies HuntAsked,
    {
      type: 'hunt.page',
      huntId,
      page: 1,
      columns: ['a'],
      rows: [Buffer.from(`["${markOf(tenant)}"]`)],
      last: true,
      at: THEN,
    } satisfies HuntPage,
    {
      type: 'hunt.finished',
      huntId,
      hypothesis,
      technique,
      rows: 1,
      scanned: 5,
      elapsedMs: 3,
      at: THEN,
    } satisfies HuntFinished,
  ];
};

const backtestFacts = (tenant: string) => {
  const { backtest: backtestId } = idsOf(tenant);
  const mark = markOf(tenant);
  const rule = {
    ruleId: 'r1',
    title: mark,
    level: 'HIGH' as const,
    matches: 2,
    findings: 1,
    findingsPerDay: 0.5,
    costMs: 1,
    groups: [{ key: mark, matches: 2, findings: 1 }],
    samples: [{ eventId: 'e1', occurredAt: THEN, entity: mark, native: Buffer.from(`{"a":"${mark}"}`) }],
  };
  return [
    {
      type: 'backtest.asked',
      backtestId,
      ruleId: mark,
      files: [],
      from: THEN,
      to: THEN + 1,
      mostEvents: 10,
      by: provider,
      at: THEN,
    } satisfies BacktestAsked,
    { type: 'backtest.page', backtestId, page: 1, rules: [rule], last: true, at: THEN } satisfies BacktestPage,
    {
      type: 'backtest.finished',
      backtestId,
      scanned: 5,
      daysScanned: 2,
      elapsedMs: 3,
      failures: [],
      at: THEN,
    } satisfies BacktestFinished,
  ];
};

const rulesetFacts = (tenant: string) => {
  const mark = markOf(tenant);
  const exception = {
    exceptionId: idsOf(tenant).exception,
    ruleId: 'r1',
    where: [{ field: 'Image', values: [mark] }],
    owner: mark,
    reason: mark,
    expiresAt: Date.UTC(2099, 0, 1),
  };
  return [
    { type: 'ruleset.activated', importId: mark, files: 1, by: provider, at: THEN } satisfies RulesetActivated,
    {
      type: 'ruleset.placeholder-set',
      name: 'tools',
      values: [mark],
      by: provider,
      at: THEN,
    } satisfies RulesetPlaceholderSet,
    { type: 'ruleset.exception-added', ...exception, by: provider, at: THEN } satisfies RulesetExceptionAdded,
  ];
};

const rulesTold = (tenant: string) => [
  {
    type: 'ruleset.loaded',
    importId: markOf(tenant),
    rules: [],
    failures: [{ file: markOf(tenant), line: 1, reason: markOf(tenant) }],
    elapsedMs: 1,
    at: THEN,
  } satisfies RulesetLoaded,
  {
    type: 'ruleset.import-parked',
    importId: markOf(tenant),
    reason: markOf(tenant),
    under: 'u',
    at: THEN,
  } satisfies RulesetImportParked,
  {
    type: 'ruleset.exception-applied',
    exceptionId: idsOf(tenant).exception,
    ruleId: 'r1',
    counter: 'c',
    suppressed: 7,
    lastAt: THEN,
    at: THEN,
  } satisfies RulesetExceptionApplied,
];

export const receivedOf = (tenant: string): TelemetryReceived => ({
  type: 'telemetry.received',
  source: markOf(tenant),
  topic: `ingest.${tenant}.edr`,
  partition: 0,
  fromOffset: 0,
  toOffset: 9,
  messages: 10,
  accepted: 20,
  dead: 1,
  bytes: 1_000,
  lastOccurredAt: THEN,
});

/** A fact as its owner says it: stream and place with those that have one. */
export interface Said {
  fact: AnyFact;
  envelope: Partial<Envelope>;
}

const stream = (streamId: string, facts: AnyFact[]): Said[] =>
  facts.map((fact, index) => ({
    fact,
    envelope: {
      id: idOf(streamId, index + 1),
      subject: streamId,
      sequence: { version: index + 1, index: 0, count: 1 },
    },
  }));

/** All facts of a tenant that anything is shown of. */
export const factsOf = (tenant: string): Said[] => {
  const ids = idsOf(tenant);
  const placed: ClusteringFindingPlaced = {
    type: 'clustering.finding-placed',
    finding: summaryOf(tenant),
    caseId: ids.case,
    number: 1001,
    opened: true,
    because: '',
    at: THEN + 3,
  };
  const report: ReportMade = {
    type: 'report.made',
    reportId: ids.report,
    kind: 'WEEKLY',
    from: THEN,
    to: THEN + 1,
    language: 'EN',
    verdict: markOf(tenant),
    colour: 'GREEN',
    figures: Buffer.from(`{"a":"${markOf(tenant)}"}`),
    figuresHash: markOf(tenant),
    pdf: Buffer.from(`%PDF ${markOf(tenant)}`),
    at: THEN,
  };
  const answer: RequestAnswered = {
    type: 'request.answered',
    requestId: ids.request,
    requestType: 'case.post-message',
    outcome: 'REFUSED',
    code: 'X',
    message: markOf(tenant),
    streamId: '',
    version: 0,
  };
  return [
    ...stream(`tenant/${tenant}`, [stateOf(tenant), ...policyFacts(tenant)]),
    { fact: raisedOf(tenant), envelope: {} },
    ...stream(`clustering/${tenant}`, [placed]),
    ...stream(`case/${tenant}/${ids.case}`, caseFacts(tenant)),
    ...stream(`action/${tenant}/${ids.action}`, actionFacts(tenant)),
    ...stream(`hunt/${tenant}/${ids.hunt}`, huntFacts(tenant)),
    ...stream(`backtest/${tenant}/${ids.backtest}`, backtestFacts(tenant)),
    ...stream(`ruleset/${tenant}/own`, rulesetFacts(tenant)),
    ...rulesTold(tenant).map((fact) => ({ fact, envelope: {} })),
    ...stream(`report/${tenant}/${ids.report}`, [report]),
    { fact: receivedOf(tenant), envelope: {} },
    { fact: answer, envelope: { subject: ids.request, correlationId: ids.request } },
  ];
};

export const numberedOf = (tenant: string, requestId: string, caseId: string): Said => {
  const fact: ClusteringCaseNumbered = {
    type: 'clustering.case-numbered',
    caseId,
    number: 1002,
    title: 'Look',
    description: '',
    severity: 'LOW',
    entities: [],
    by: provider,
    at: THEN,
  };
  return {
    fact,
    envelope: { subject: `clustering/${tenant}`, causationId: requestId, sequence: { version: 2, index: 0, count: 1 } },
  };
};

/** What somebody is granted, one version after the other. */
export const granting = (
  type: 'grant.given' | 'grant.revoked',
  version: number,
  subject: string,
  role: Role,
  tenants: string[],
): Said => ({
  fact: { type, subject, role, tenants, by: provider, at: THEN },
  envelope: { id: idOf('grant', version), subject: 'grant/_operator', sequence: { version, index: 0, count: 1 } },
});
