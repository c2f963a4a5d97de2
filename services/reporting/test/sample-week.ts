/**
 * A week at one customer, as documents: two attacks, a false alarm, a question, a breach, a hunt and a silent source.
 */
import type { Language, ResponseMode, TenantState } from '#contracts';
import type { ActionJournal, Journals } from '../src/domain/journals/index.js';
import { weekOf } from '../src/domain/report/period.js';
import type { ReportScope } from '../src/domain/report/compose.js';
import {
  aCase,
  aClock,
  aFinding,
  aFindingDoc,
  aHunt,
  anAction,
  aReceipt,
  minute,
  someSettings,
  theWeek,
} from './samples.js';

const DAY = 1_440;
const ada = { subject: 'ada.martin', side: 'PROVIDER' } as const;
const bo = { subject: 'bo.tanaka', side: 'CUSTOMER' } as const;

const psexec = [
  aFinding({
    findingId: 'f1',
    ruleId: 'psexec-service',
    title: 'PsExec service installed',
    techniques: ['T1569.002'],
    tactics: ['execution'],
    occurredAt: minute(0),
    ingestedAt: minute(0.1),
    detectedAt: minute(0.2),
  }),
  aFinding({
    findingId: 'f2',
    ruleId: 'lsass-access',
    title: 'LSASS memory read by an unusual process',
    severity: 'CRITICAL',
    techniques: ['T1003.001'],
    tactics: ['credential-access'],
    occurredAt: minute(3),
    ingestedAt: minute(3.1),
    detectedAt: minute(3.25),
  }),
  aFinding({
    findingId: 'f3',
    ruleId: 'empire-launcher',
    title: 'PowerShell Empire launcher command line',
    techniques: ['T1059.001', 'T1027'],
    tactics: ['execution', 'defense-evasion'],
    occurredAt: minute(1),
    ingestedAt: minute(1.1),
    detectedAt: minute(1.3),
    entities: [
      { kind: 'host', value: 'dc-01' },
      { kind: 'user', value: 'acme\\svc-backup' },
    ],
  }),
];
const cloud = [
  aFinding({
    findingId: 'f4',
    ruleId: 'cloudtrail-disabled',
    title: 'CloudTrail logging stopped',
    severity: 'HIGH',
    techniques: ['T1562.008'],
    tactics: ['defense-evasion'],
    source: 'cloud',
    occurredAt: minute(2 * DAY),
    ingestedAt: minute(2 * DAY + 4),
    detectedAt: minute(2 * DAY + 4.2),
    entities: [{ kind: 'user', value: 'jean.dupont' }],
  }),
];
const scan = [
  aFinding({
    findingId: 'f5',
    ruleId: 'port-scan',
    title: 'Internal port scan',
    severity: 'MEDIUM',
    techniques: ['T1046'],
    tactics: ['discovery'],
    source: 'network',
    occurredAt: minute(3 * DAY),
    ingestedAt: minute(3 * DAY),
    detectedAt: minute(3 * DAY + 0.5),
    entities: [{ kind: 'host', value: 'scanner-02' }],
  }),
];
const logons = [
  aFinding({
    findingId: 'f6',
    ruleId: 'mfa-fatigue',
    title: 'Repeated MFA push requests',
    severity: 'HIGH',
    techniques: ['T1621'],
    tactics: ['credential-access'],
    source: 'identity',
    occurredAt: minute(5 * DAY),
    ingestedAt: minute(5 * DAY + 1),
    detectedAt: minute(5 * DAY + 1.5),
    entities: [{ kind: 'user', value: 'marie.curie' }],
  }),
];

const clocks = (at: number) => [
  {
    at,
    clocks: [
      aClock('ACKNOWLEDGE', 15, at),
      aClock('NOTIFY', 30, at),
      aClock('CONTAIN', 60, at),
      aClock('RESOLVE', 1_440, at),
    ],
  },
];

const cases = [
  aCase({
    caseId: 'c1',
    number: 1042,
    title: 'PsExec and credential dumping on dc-01',
    openedAt: minute(1),
    findings: psexec,
    clocks: clocks(minute(1)),
    weights: [
      {
        severity: 'CRITICAL',
        priority: 95,
        because: 'domain controller, critical; credential access; known indicator',
        at: minute(1),
      },
    ],
    acknowledgedAt: [minute(4)],
    notifiedAt: [minute(9)],
    contained: [{ occurredAt: minute(7), at: minute(7.2), actionId: 'a1' }],
    actions: [
      {
        actionId: 'a1',
        actionClass: 'isolate-host',
        state: 'VERIFIED',
        summary: 'dc-01 isolated',
        occurredAt: minute(7),
        at: minute(7.2),
      },
    ],
    statuses: [
      { status: 'NEW', onHoldReason: 'NONE', at: minute(1) },
      { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(4) },
      { status: 'ON_HOLD', onHoldReason: 'AWAITING_CUSTOMER', at: minute(40) },
      { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(95) },
      { status: 'RESOLVED', onHoldReason: 'NONE', at: minute(300) },
      { status: 'CLOSED', onHoldReason: 'NONE', at: minute(310) },
    ],
    messages: [
      {
        messageId: 'm1',
        kind: 'QUESTION',
        text: 'Did you expect PsExec from ws-17 towards the domain controller on Monday at 09:00?',
        inReplyTo: null,
        by: ada,
        at: minute(40),
      },
      {
        messageId: 'm2',
        kind: 'ANSWER',
        text: 'No, nobody of ours was working there.',
        inReplyTo: 'm1',
        by: bo,
        at: minute(95),
      },
    ],
    verdicts: [{ verdict: 'TRUE_POSITIVE', reason: 'NONE', at: minute(310) }],
    closings: [
      {
        verdict: 'TRUE_POSITIVE',
        reason: 'NONE',
        impact: true,
        at: minute(310),
        summary: 'An attacker used a reused service password to run PsExec; the host was isolated before data left.',
        rootCause: {
          technique: 'T1078.002',
          patientZero: 'ws-17',
          cause: 'Service account password reused on a workstation',
          preventableHow: 'Managed service accounts and tiered administration',
        },
      },
    ],
    recommendations: [
      {
        recommendationId: 'r1',
        text: 'Replace svc-backup by a group managed service account and rotate its password.',
        at: minute(305),
        completedAt: null,
      },
    ],
    ratings: [{ stars: 5, comment: 'Fast.', at: minute(400) }],
  }),
  aCase({
    caseId: 'c2',
    number: 1043,
    title: 'CloudTrail logging stopped in the production account',
    openedAt: minute(2 * DAY + 5),
    findings: cloud,
    clocks: clocks(minute(2 * DAY + 5)),
    acknowledgedAt: [minute(2 * DAY + 26)],
    notifiedAt: [minute(2 * DAY + 30)],
    contained: [{ occurredAt: minute(2 * DAY + 48), at: minute(2 * DAY + 49), actionId: 'a2' }],
    actions: [
      {
        actionId: 'a2',
        actionClass: 'suspend-user',
        state: 'AWAITING_APPROVAL',
        summary: '',
        occurredAt: minute(2 * DAY + 28),
        at: minute(2 * DAY + 28),
      },
      {
        actionId: 'a2',
        actionClass: 'suspend-user',
        state: 'APPROVED',
        summary: '',
        occurredAt: minute(2 * DAY + 41),
        at: minute(2 * DAY + 41),
      },
      {
        actionId: 'a2',
        actionClass: 'suspend-user',
        state: 'VERIFIED',
        summary: '',
        occurredAt: minute(2 * DAY + 48),
        at: minute(2 * DAY + 49),
      },
    ],
    statuses: [
      { status: 'NEW', onHoldReason: 'NONE', at: minute(2 * DAY + 5) },
      { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(2 * DAY + 26) },
    ],
    recommendations: [
      {
        recommendationId: 'r2',
        text: 'Deny cloudtrail:StopLogging by a service control policy.',
        at: minute(2 * DAY + 60),
        completedAt: minute(4 * DAY),
      },
    ],
  }),
  aCase({
    caseId: 'c3',
    number: 1044,
    title: 'Internal port scan from scanner-02',
    openedAt: minute(3 * DAY + 1),
    findings: scan,
    acknowledgedAt: [minute(3 * DAY + 7)],
    notifiedAt: [minute(3 * DAY + 12)],
    clocks: clocks(minute(3 * DAY + 1)),
    weights: [{ severity: 'MEDIUM', priority: 40, because: 'server, medium; discovery', at: minute(3 * DAY + 1) }],
    statuses: [
      { status: 'NEW', onHoldReason: 'NONE', at: minute(3 * DAY + 1) },
      { status: 'CLOSED', onHoldReason: 'NONE', at: minute(3 * DAY + 45) },
    ],
    verdicts: [{ verdict: 'FALSE_POSITIVE', reason: 'AUTHORIZED_TEST', at: minute(3 * DAY + 45) }],
    closings: [
      {
        verdict: 'FALSE_POSITIVE',
        reason: 'AUTHORIZED_TEST',
        impact: false,
        at: minute(3 * DAY + 45),
        summary: 'Scheduled scan of the vulnerability scanner.',
        rootCause: null,
      },
    ],
  }),
  aCase({
    caseId: 'c4',
    number: 1045,
    title: 'Repeated MFA push requests for marie.curie',
    openedAt: minute(5 * DAY + 2),
    findings: logons,
    acknowledgedAt: [minute(5 * DAY + 8)],
    clocks: [
      ...clocks(minute(5 * DAY + 2)),
      {
        at: minute(5 * DAY + 30),
        clocks: clocks(minute(5 * DAY + 2))[0]!.clocks.map((clock) => ({ ...clock, pausedAt: minute(5 * DAY + 30) })),
      },
    ],
    contained: [{ occurredAt: minute(5 * DAY + 20), at: minute(5 * DAY + 21), actionId: 'a4' }],
    notifiedAt: [minute(5 * DAY + 12)],
    statuses: [
      { status: 'NEW', onHoldReason: 'NONE', at: minute(5 * DAY + 2) },
      { status: 'ON_HOLD', onHoldReason: 'AWAITING_CUSTOMER', at: minute(5 * DAY + 30) },
    ],
    messages: [
      {
        messageId: 'm3',
        kind: 'QUESTION',
        text: 'Did Marie Curie travel to Montréal on Saturday?',
        inReplyTo: null,
        by: ada,
        at: minute(5 * DAY + 30),
      },
    ],
  }),
];

const verified = (at: number, evidence: string): Partial<ActionJournal> => ({
  started: [{ inverting: false, at: at - 60_000 }],
  finished: [{ outcome: 'SUCCEEDED', detail: '', at: at - 30_000 }],
  verified: [{ effective: true, evidence, at }],
});
const decided = (
  decision: 'EXECUTE' | 'ASK' | 'GUIDE',
  because: string,
  at: number,
): Pick<ActionJournal, 'decisions' | 'proposedAt'> => ({
  proposedAt: at,
  decisions: [{ decision, rule: 'mode', because, at }],
});

const actions = [
  anAction({
    actionId: 'a1',
    caseId: 'c1',
    target: { kind: 'HOST', id: 'dc-01', entity: 'host:dc-01' },
    ...decided('EXECUTE', 'AUTHORIZE: severity CRITICAL, confidence 90', minute(5)),
    ...verified(minute(7), 'No traffic but to the EDR for 60 s'),
    reverted: { by: ada, reason: 'clean', at: minute(290) },
  }),
  anAction({
    actionId: 'a2',
    caseId: 'c2',
    actionClass: 'suspend-user',
    target: { kind: 'USER', id: 'jean.dupont', entity: 'user:jean.dupont' },
    ...decided('ASK', 'COLLABORATE: identities', minute(2 * DAY + 27)),
    ...verified(minute(2 * DAY + 48), 'Status SUSPENDED, sessions 0'),
    approvalRequested: {
      expiresAt: minute(2 * DAY + 88),
      question: 'May we suspend jean.dupont?',
      at: minute(2 * DAY + 28),
    },
    approved: { by: bo, comment: 'Please.', at: minute(2 * DAY + 41) },
  }),
  anAction({
    actionId: 'a3',
    caseId: 'c2',
    target: { kind: 'HOST', id: 'build-07', entity: 'host:build-07' },
    ...decided('ASK', 'COLLABORATE: servers', minute(2 * DAY + 50)),
    approvalRequested: {
      expiresAt: theWeek.to + 60_000,
      question: 'May we isolate build-07?',
      at: minute(6 * DAY + 700),
    },
  }),
  anAction({
    actionId: 'a4',
    caseId: 'c4',
    actionClass: 'suspend-user',
    target: { kind: 'USER', id: 'marie.curie', entity: 'user:marie.curie' },
    ...decided('GUIDE', 'NOTIFY: out of hours', minute(5 * DAY + 9)),
    guidedAt: minute(5 * DAY + 10),
    doneByCustomer: { by: bo, comment: 'Done.', at: minute(5 * DAY + 18) },
  }),
];

const findings = [...psexec, ...cloud, ...scan, ...logons].map((one, index) =>
  aFindingDoc(
    {
      ruleId: one.ruleId,
      title: one.title,
      severity: one.severity,
      techniques: one.techniques,
      source: one.source,
      occurredAt: one.occurredAt,
      ingestedAt: one.ingestedAt,
      detectedAt: one.detectedAt,
    },
    {
      findingId: one.findingId,
      counts: [{ count: 3 * index + 1, at: one.detectedAt }],
      places: [
        {
          version: index + 1,
          caseId: cases.find((doc) => doc.findings.includes(one))?.caseId ?? '',
          at: one.detectedAt,
        },
      ],
    },
  ),
);

const slots = (perSlot: number, until: number) =>
  Array.from({ length: 7 * 96 }, (_, index) => ({
    slot: theWeek.from / 900_000 + index,
    messages: 10,
    accepted: perSlot + (index % 96) * 3,
    dead: index % 97 === 0 ? 1 : 0,
    bytes: perSlot * 900,
  })).filter(({ slot }) => slot * 900_000 < until);

export const sampleWeek: Journals = {
  cases,
  actions,
  findings,
  receipts: [
    aReceipt({ slots: slots(1_800, theWeek.to) }),
    aReceipt({ source: 'cloud', topic: 'ingest.acme.cloud', slots: slots(60, theWeek.to) }),
    aReceipt({ source: 'identity', topic: 'ingest.acme.identity', slots: slots(25, theWeek.to) }),
    aReceipt({ source: 'network', topic: 'ingest.acme.network', slots: slots(400, theWeek.to - 30 * 3_600_000) }),
  ],
  hosts: [
    {
      source: 'endpoint',
      day: '2026-11-17',
      hosts: [
        { host: 'dc-01', first: minute(DAY), last: minute(DAY + 5) },
        { host: 'ws-01', first: minute(DAY), last: minute(DAY + 5) },
      ],
    },
  ],
  exceptions: [],
  hunts: [
    aHunt(),
    aHunt({
      huntId: 'h2',
      hypothesis: 'OAuth grants to unknown applications',
      technique: 'T1528',
      finished: { rows: 4, scanned: 48_000, elapsedMs: 1_900, failure: null, at: minute(4 * DAY) },
    }),
  ],
  rules: [
    {
      importId: 'i1',
      at: 1,
      rules: [
        { ruleId: 'psexec-service', techniques: ['T1569.002'], kind: 'WINDOWS', tested: true },
        { ruleId: 'lsass-access', techniques: ['T1003.001'], kind: 'WINDOWS', tested: true },
        { ruleId: 'cloudtrail-disabled', techniques: ['T1562.008'], kind: 'AWS_CLOUDTRAIL', tested: true },
        { ruleId: 'port-scan', techniques: ['T1046'], kind: 'SURICATA', tested: true },
      ],
    },
  ],
};

const named: Record<Language, { name: string; timeZone: string; mode: ResponseMode }> = {
  EN: { name: 'Acme Industries', timeZone: 'Europe/London', mode: 'AUTHORIZE' },
  FR: { name: 'Boréal Logistique', timeZone: 'Europe/Paris', mode: 'COLLABORATE' },
  JA: { name: '桜川精機株式会社', timeZone: 'Asia/Tokyo', mode: 'NOTIFY' },
};

export const sampleSettings = (language: Language): TenantState => ({
  ...someSettings,
  language,
  name: named[language].name,
  timeZone: named[language].timeZone,
  policy: { ...someSettings.policy, mode: named[language].mode },
  assets: [...someSettings.assets, { ...someSettings.assets[0]!, assetId: 'build-07', hostnames: ['build-07'] }],
  sources: [
    { name: 'endpoint', kind: 'WINDOWS', silentAfterMinutes: 60 },
    { name: 'cloud', kind: 'AWS_CLOUDTRAIL', silentAfterMinutes: 120 },
    { name: 'identity', kind: 'OKTA', silentAfterMinutes: 120 },
    { name: 'network', kind: 'SURICATA', silentAfterMinutes: 60 },
  ],
});

export const sampleScope = (language: Language): ReportScope => ({
  ...weekOf(theWeek.from + 86_400_000, named[language].timeZone),
  kind: 'WEEKLY',
  language,
  settings: sampleSettings(language),
});
