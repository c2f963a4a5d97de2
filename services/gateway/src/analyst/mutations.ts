import type {
  Asset,
  BusinessCalendar,
  CasePhase,
  CaseStatus,
  Connector,
  Contact,
  Entity,
  HuntFilter,
  HuntQuery,
  Identity,
  Language,
  MessageKind,
  OnHoldReason,
  ProviderType,
  ReportKind,
  Role,
  RootCause,
  Severity,
  SlaTarget,
  TargetType,
  TelemetrySource,
  Tier,
  Verdict,
  VerdictReason,
} from '#contracts';
import { idOf, type Typed } from '#libs/model';
import { nodeId, readNodeId, tenantKey } from '../domain/node-id.js';
import { OPERATOR } from '../reading/gate.js';
import { tenantNode, type Visit } from '../reading/visit.js';
import { about, mutations, type Change, type Make } from '../shared/mutations.js';
import { orProposed, policyOf, policyRequests, type PolicyInput } from '../shared/policies.js';
import { proposal } from './proposal.js';
import { noRoom } from './room.js';
import { ruleMutations } from './rules.js';

const ALL = ['*'];

const TENANT_ID = /^[a-z0-9-]{2,32}$/;

/** What is agreed with a tenant. */
const settle =
  <Args extends { tenantId: string }>(ask: (args: Args, tenant: string) => Typed): Make<Args> =>
  (args) => {
    const tenant = tenantKey(args.tenantId);
    return TENANT_ID.test(tenant) ? { tenant, request: ask(args, tenant), id: tenantNode(tenant) } : undefined;
  };

/** The same for what may let more happen. */
const agree =
  <Args extends { tenantId: string }>(ask: (args: Args) => Typed): Make<Args> =>
  async (args, visit, requestId) => {
    const change = await settle<Args>(ask)(args, visit, requestId);
    return change && { ...change, tell: orProposed };
  };

interface Onboard {
  name: string;
  prefix: string;
  language: Language;
  timeZone: string;
  tier: Tier;
  providerType: ProviderType;
  policy?: PolicyInput | null;
  calendar?: BusinessCalendar | null;
  assets: Asset[];
  identities: Identity[];
}
interface Proposed {
  tenantId: string;
  proposalId: string;
}

const tenantMutations = {
  onboardTenant: settle<{ tenantId: string; input: Onboard }>(({ input: { policy, ...input } }, tenantId) => ({
    type: 'tenant.onboard',
    tenantId,
    ...input,
    policy: policy ? policyOf(policy) : null,
    calendar: input.calendar ?? null,
  })),
  setPolicy: agree<{ tenantId: string; policy: PolicyInput }>(({ policy }) => policyRequests.set(policy)),
  confirmPolicy: settle<Proposed>(({ proposalId }) => policyRequests.confirm(proposalId)),
  rejectPolicy: settle<Proposed & { reason: string }>(({ proposalId, reason }) =>
    policyRequests.reject(proposalId, reason),
  ),
  setContacts: settle<{ tenantId: string; contacts: Contact[] }>(({ contacts }) => ({
    type: 'tenant.set-contacts',
    contacts,
  })),
  setCalendar: agree<{ tenantId: string; calendar: BusinessCalendar }>(({ calendar }) => ({
    type: 'tenant.set-calendar',
    calendar,
  })),
  setSla: settle<{ tenantId: string; targets: SlaTarget[] }>(({ targets }) => ({ type: 'tenant.set-sla', targets })),
  registerAssets: agree<{ tenantId: string; assets: Asset[]; identities: Identity[] }>(({ assets, identities }) => ({
    type: 'tenant.register-assets',
    assets,
    identities,
  })),
  registerSource: settle<{ tenantId: string; source: TelemetrySource }>(({ source }) => ({
    type: 'tenant.register-source',
    source,
  })),
  setConnector: settle<{ tenantId: string; connector: Connector }>(({ connector }) => ({
    type: 'tenant.set-connector',
    connector,
  })),
  offboardTenant: settle<{ tenantId: string; reason: string }>(({ reason }) => ({ type: 'tenant.offboard', reason })),
};

/** Grants are given for tenants one administers oneself. */
const grant =
  (type: 'grant.give' | 'grant.revoke'): Make<{ subject: string; role: Role; tenants: string[] }> =>
  ({ subject, role, tenants: named }) => {
    const tenants = named.map(tenantKey);
    return { tenant: OPERATOR, at: tenants.length ? tenants : ALL, request: { type, subject, role, tenants } };
  };
/** What concerns every tenant. */
const forAll = (request: Typed): Change => ({ tenant: OPERATOR, at: ALL, request });

const operatorMutations = {
  giveGrant: grant('grant.give'),
  revokeGrant: grant('grant.revoke'),
  importIndicators: ({ feed, bundle }: { feed: string; bundle: string }) =>
    forAll({ type: 'indicator.import', feed, bundle: Buffer.from(bundle, 'utf8') } as Typed),
};

type Id = { id: string };
interface Closing extends Id {
  verdict: Verdict;
  reason: VerdictReason;
  summary: string;
  impact: boolean;
  rootCause?: RootCause | null;
}

const caseMutations = {
  openCase: ({
    tenantId,
    title,
    description,
    severity,
    entities,
  }: {
    tenantId: string;
    title: string;
    description: string;
    severity: Severity;
    entities: Entity[];
  }) => ({
    tenant: tenantKey(tenantId),
    request: { type: 'clustering.open-case', title, description, severity, entities },
  }),
  acknowledgeCase: about<Id>('Case', (caseId) => ({ type: 'case.acknowledge', caseId })),
  assignCase: about<Id & { analyst: string }>('Case', (caseId, { analyst }) => ({
    type: 'case.assign',
    caseId,
    analyst,
  })),
  changeCaseStatus: about<Id & { status: CaseStatus; onHoldReason: OnHoldReason }>(
    'Case',
    (caseId, { status, onHoldReason }) => ({ type: 'case.change-status', caseId, status, onHoldReason }),
  ),
  changeCaseSeverity: about<Id & { severity: Severity; reason: string }>('Case', (caseId, { severity, reason }) => ({
    type: 'case.change-severity',
    caseId,
    severity,
    reason,
  })),
  changeCasePhase: about<Id & { phase: CasePhase }>('Case', (caseId, { phase }) => ({
    type: 'case.change-phase',
    caseId,
    phase,
  })),
  notifyCustomer: about<Id & { contact: string; channel: string }>('Case', (caseId, { contact, channel }) => ({
    type: 'case.notify-customer',
    caseId,
    contact,
    channel,
  })),
  setVerdict: about<Id & { verdict: Verdict; reason: VerdictReason }>('Case', (caseId, { verdict, reason }) => ({
    type: 'case.set-verdict',
    caseId,
    verdict,
    reason,
  })),
  addNote: about<Id & { text: string }>('Case', (caseId, { text }) => ({ type: 'case.add-note', caseId, text })),
  postMessage: about<Id & { text: string; kind: MessageKind; inReplyTo?: string | null }>(
    'Case',
    (caseId, { text, kind, inReplyTo }) => ({
      type: 'case.post-message',
      caseId,
      kind,
      text,
      inReplyTo: inReplyTo ?? null,
    }),
  ),
  addRecommendation: about<Id & { text: string }>('Case', (caseId, { text }) => ({
    type: 'case.add-recommendation',
    caseId,
    text,
  })),
  closeCase: about<Closing>('Case', (caseId, { verdict, reason, summary, impact, rootCause }) => ({
    type: 'case.close',
    caseId,
    verdict,
    reason,
    summary,
    impact,
    rootCause: rootCause ?? null,
  })),
  reopenCase: about<Id & { reason: string }>('Case', (caseId, { reason }) => ({ type: 'case.reopen', caseId, reason })),
  mergeCases: ({ from, into, reason }: { from: string; into: string; reason: string }) => {
    const [source, target] = [readNodeId(from, 'Case'), readNodeId(into, 'Case')];
    if (!source || !target || source.tenant !== target.tenant) return undefined;
    return {
      tenant: source.tenant,
      request: { type: 'clustering.merge-cases', fromCaseId: source.key, intoCaseId: target.key, reason },
      id: into,
    };
  },
  splitCase: ({ id, findingIds, reason }: Id & { findingIds: string[]; reason: string }) => {
    const ref = readNodeId(id, 'Case');
    const findings = findingIds.map((one) => readNodeId(one, 'Finding'));
    if (!ref || findings.some((one) => one?.tenant !== ref.tenant)) return undefined;
    return {
      tenant: ref.tenant,
      request: {
        type: 'clustering.split-case',
        caseId: ref.key,
        findingIds: findings.map((one) => one?.key ?? ''),
        reason,
      },
    };
  },
};

interface Proposing {
  caseId: string;
  actionClass: string;
  targetKind: TargetType;
  targetId: string;
  reason: string;
}
interface Hunting {
  hypothesis: string;
  technique: string;
  from: number;
  to: number;
  source: string;
  filters: HuntFilter[];
  limit: number;
}
interface Reporting {
  tenantId: string;
  kind: ReportKind;
  from: number;
  to: number;
  language?: Language | null;
}

const workMutations = {
  proposeAction: async ({ caseId, ...wanted }: Proposing, visit: Visit, requestId: string) => {
    const ref = readNodeId(caseId, 'Case');
    const request = ref && (await proposal(visit, ref, wanted, requestId));
    return (
      ref && {
        tenant: ref.tenant,
        request: request ?? { type: 'action.propose' },
        isThere: request !== undefined,
        id: nodeId('Action', ref.tenant, idOf('action', requestId)),
      }
    );
  },
  revertAction: about<Id & { reason: string }>('Action', (actionId, { reason }) => ({
    type: 'action.revert',
    actionId,
    reason,
  })),
  askHunt: async ({ tenantId, input }: { tenantId: string; input: Hunting }, visit: Visit, requestId: string) => {
    const { hypothesis, technique, from, to, source, filters, limit } = input;
    const query: HuntQuery = { from, to, source, filters, limit };
    const huntId = idOf('hunt', requestId);
    const tenant = tenantKey(tenantId);
    return {
      tenant,
      refused: await noRoom(visit, tenant, 'hunts'),
      request: { type: 'hunt.ask', huntId, hypothesis, technique, query },
      id: nodeId('Hunt', tenant, huntId),
    };
  },
  makeReport: ({ tenantId, kind, from, to, language }: Reporting, { settings }: Visit, requestId: string) => {
    const tenant = tenantKey(tenantId);
    const reportId = idOf('report', requestId);
    const request = {
      type: 'report.make',
      reportId,
      kind,
      from,
      to,
      language: language ?? settings.get(tenant)?.language ?? 'EN',
    };
    return { tenant, request, id: nodeId('Report', tenant, reportId) };
  },
};

/** Every change an analyst can ask for, as the request that it is. */
export const analystMutations = mutations({
  ...tenantMutations,
  ...operatorMutations,
  ...caseMutations,
  ...workMutations,
  ...ruleMutations,
} as Record<string, Make<never>>);
