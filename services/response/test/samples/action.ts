import type {
  ActionContactTried,
  ActionFact,
  ActionIdentified,
  ActionNotVerified,
  ActionPropose,
  ActionRecordIdentity,
  ActionRecordReverted,
  ActionRecordVerification,
  ResponseMode,
  TenantState,
} from '#contracts';
import { HOUR_MS } from '#libs/terms';

/** What the specs of this folder speak of. */
export const at = Date.UTC(2026, 10, 2, 10, 0);
const ids = { actionId: 'a1', caseId: 'c1' };
const target = { kind: 'HOST' as const, id: 'web01', entity: 'host:web01' };

export const tenant = (mode: ResponseMode, policy: Partial<TenantState['policy']> = {}): TenantState => ({
  type: 'tenant.state',
  tenantId: 'acme',
  version: 1,
  active: true,
  name: 'Acme',
  prefix: 'ACME',
  language: 'EN',
  timeZone: 'Europe/Paris',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 3,
    mode,
    overrides: [],
    exclusions: [],
    approvalMinutes: 60,
    escalateIfUnreachableAfterMinutes: null,
    unreachableClasses: [],
    guards: { criticalAssets: true, privilegedIdentities: true, minConfidence: 60, hostsPerHour: 0, hostsPercent: 0 },
    ...policy,
  },
  contacts: [
    {
      name: 'Zoe',
      subject: 'zoe',
      kind: 'INCIDENT',
      channel: 'mail',
      address: 'zoe@acme.example',
      callWindow: '',
      language: 'EN',
    },
  ],
  calendar: { days: [{ weekday: 1, start: '09:00', end: '17:00' }], holidays: [] },
  sla: [],
  assets: [],
  identities: [],
  sources: [],
  connectors: ['defender', 'okta'].map((vendor) => ({
    vendor,
    baseUrl: `https://${vendor}.example`,
    secretRef: vendor,
    account: 'acme',
  })),
});

export const propose: ActionPropose = {
  type: 'action.propose',
  ...ids,
  actionClass: 'isolate-host',
  target,
  severity: 'HIGH',
  confidence: 80,
  assetGroups: [],
  reason: 'LSASS was read',
  detectedAt: at - 1_000,
};
export const system = { subject: 'response', side: 'SYSTEM' as const };
export const zoe = { subject: 'zoe', side: 'CUSTOMER' as const };

const { type: _type, ...details } = propose;
export const proposed: ActionFact = {
  type: 'action.proposed',
  ...details,
  openc2Action: 'contain',
  reactId: 'RA3102',
  d3fend: 'D3-NI',
  inverse: 'release-host',
  ttlMinutes: 1440,
  by: system,
  at,
};
export const decided = (decision: 'EXECUTE' | 'ASK' | 'GUIDE' | 'FORBID'): ActionFact => ({
  type: 'action.decided',
  ...ids,
  decision,
  rule: 'default',
  because: '',
  policyVersion: 3,
  at,
});
/** Where the vendor found the target. */
export const found = { vendor: 'defender', vendorId: 'm1' };
export const askedWho = (asking = 1, when = at): ActionFact => ({
  type: 'action.identity-requested',
  ...ids,
  actionClass: 'isolate-host',
  target,
  asking,
  rule: 'default',
  because: '',
  policyVersion: 3,
  at: when,
});
export const identified = (over: Partial<ActionIdentified> = {}): ActionFact => ({
  type: 'action.identified',
  ...ids,
  ...found,
  name: 'web01.acme.example',
  names: ['m1', 'web01.acme.example', '10.0.0.7'],
  detail: '',
  at,
  ...over,
});
export const recordIdentity = (over: Partial<ActionRecordIdentity> = {}): ActionRecordIdentity => ({
  type: 'action.record-identity',
  actionId: 'a1',
  asking: 1,
  outcome: 'FOUND',
  ...found,
  name: 'web01.acme.example',
  names: ['m1', 'web01.acme.example', '10.0.0.7'],
  detail: '',
  at,
  ...over,
});
export const asked: ActionFact = {
  type: 'action.approval-requested',
  ...ids,
  contacts: ['zoe'],
  question: '',
  expiresAt: at + HOUR_MS,
  at,
};
/** Zoe was told by mail and is silent since, unless something else came of it. */
export const tried = (over: Partial<ActionContactTried> = {}): ActionFact => ({
  type: 'action.contact-tried',
  ...ids,
  contact: 'zoe',
  channel: 'mail',
  outcome: 'ACCEPTED',
  reached: false,
  triedAt: at,
  waitUntil: at + 15 * 60_000,
  at,
  ...over,
});
export const approved: ActionFact = { type: 'action.approved', ...ids, comment: 'go', by: zoe, at };
export const guided: ActionFact = { type: 'action.guided', ...ids, steps: [], at };
export const started: ActionFact = {
  type: 'action.started',
  ...ids,
  actionClass: 'isolate-host',
  target,
  idempotencyKey: 'a1',
  policyVersion: 3,
  rule: 'default',
  inverting: false,
  ...found,
  at,
};
export const finished = (outcome: 'SUCCEEDED' | 'OUTCOME_UNKNOWN'): ActionFact => ({
  type: 'action.finished',
  ...ids,
  actionClass: 'isolate-host',
  target,
  outcome,
  detail: '',
  vendorRef: 'v1',
  ...found,
  alreadyInForce: false,
  at,
});
export const undoing: ActionFact = {
  type: 'action.started',
  ...ids,
  actionClass: 'isolate-host',
  target,
  idempotencyKey: 'a1:release-host:1',
  policyVersion: 3,
  rule: 'undo',
  inverting: true,
  ...found,
  at,
};
export const notUndone: ActionFact = {
  type: 'action.revert-failed',
  ...ids,
  actionClass: 'isolate-host',
  targetId: 'web01',
  detail: 'the vendor was away',
  isLast: false,
  at,
};
export const verified = (effective: boolean): ActionFact => ({
  type: 'action.verified',
  ...ids,
  actionClass: 'isolate-host',
  target,
  effective,
  evidence: 'seen',
  observedAt: at,
  lagMs: 900_000,
  at,
});
/** What a look saw, for a request. */
export const seen = (effective: boolean): Omit<ActionRecordVerification, 'type' | 'actionId'> => ({
  effective,
  conclusive: true,
  reason: 'UNKNOWN',
  evidence: 'seen',
  observedAt: at,
  lagMs: 900_000,
  look: 0,
});
/** What a look saw that proves nothing, for a request. */
export const unseen = (
  reason: ActionRecordVerification['reason'] = 'SOURCE_SILENT',
  look = 0,
): Omit<ActionRecordVerification, 'type' | 'actionId'> => ({
  ...seen(false),
  conclusive: false,
  reason,
  evidence: 'nothing is heard',
  look,
});
/** What an undoing came to, for a request. */
export const undone = (reverted: boolean): Omit<ActionRecordReverted, 'type' | 'actionId'> => {
  const { effective, evidence, ...rest } = seen(reverted);
  return { ...rest, reverted: effective, detail: evidence, since: at };
};
export const notVerified = (over: Partial<ActionNotVerified> = {}): ActionNotVerified => ({
  type: 'action.not-verified',
  ...ids,
  actionClass: 'isolate-host',
  target,
  outcome: 'SUCCEEDED',
  inverting: false,
  look: 1,
  again: false,
  reason: 'SOURCE_SILENT',
  evidence: 'nothing is heard',
  observedAt: at,
  lagMs: 900_000,
  since: at,
  ...found,
  at,
  ...over,
});
