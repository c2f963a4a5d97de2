import { NOWHERE, OPENED_CASE } from '../asking/shown-in.js';
import { nodeId, readNodeId, tenantKey } from '../domain/node-id.js';
import type { AnalystMutationArgs } from '../generated/analyst.js';
import { oneOf, tenantKeys, tenantNode, type Item } from '../graphql/items.js';
import { about, type MutationRequest } from '../graphql/mutation.js';
import { changes } from '../graphql/subscription.js';
import { caseByNumber, caseFields, casesOf } from '../shared/cases.js';
import type { CaseDoc } from '../views/cases.js';
import type { AnalystSubject } from './subject.js';

const openCase = ({ tenantId, title, description, severity, entities }: AnalystMutationArgs['openCase']) => ({
  tenant: tenantKey(tenantId),
  request: { type: 'clustering.open-case', title, description, severity, entities } as const,
  shownIn: OPENED_CASE,
});

const mergeCases = ({ from, into, reason }: AnalystMutationArgs['mergeCases']): MutationRequest | undefined => {
  const [source, target] = [readNodeId(from, 'Case'), readNodeId(into, 'Case')];
  if (!source || !target || source.tenant !== target.tenant) return undefined;
  return {
    tenant: source.tenant,
    request: { type: 'clustering.merge-cases', fromCaseId: source.key, intoCaseId: target.key, reason },
    id: into,
    shownIn: NOWHERE,
  };
};

const splitCase = ({ id, findingIds, reason }: AnalystMutationArgs['splitCase']): MutationRequest | undefined => {
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
    shownIn: OPENED_CASE,
  };
};

/** Cases, and all work on them. */
export const casework = {
  queries: {
    cases: (_parent, args, visit) => casesOf(visit, args),
    case: (_parent, { id }, visit) => oneOf(visit, 'Case', id),
    caseByNumber: (_parent, { number }, visit) => caseByNumber(visit, number),
  },
  mutations: {
    openCase,
    mergeCases,
    splitCase,
    acknowledgeCase: about('Case', (caseId) => ({ type: 'case.acknowledge', caseId })),
    assignCase: about('Case', (caseId, { analyst }) => ({ type: 'case.assign', caseId, analyst })),
    changeCaseStatus: about('Case', (caseId, { status, onHoldReason }) => ({
      type: 'case.change-status',
      caseId,
      status,
      onHoldReason,
    })),
    changeCaseSeverity: about('Case', (caseId, { severity, reason }) => ({
      type: 'case.change-severity',
      caseId,
      severity,
      reason,
    })),
    changeCasePhase: about('Case', (caseId, { phase }) => ({ type: 'case.change-phase', caseId, phase })),
    notifyCustomer: about('Case', (caseId, { contact, channel }) => ({
      type: 'case.notify-customer',
      caseId,
      contact,
      channel,
    })),
    setVerdict: about('Case', (caseId, { verdict, reason }) => ({ type: 'case.set-verdict', caseId, verdict, reason })),
    addNote: about('Case', (caseId, { text }) => ({ type: 'case.add-note', caseId, text })),
    postMessage: about('Case', (caseId, { text, kind, inReplyTo, blocking }) => ({
      type: 'case.post-message',
      caseId,
      kind,
      text,
      inReplyTo: inReplyTo ?? null,
      blocking,
    })),
    withdrawQuestion: about('Case', (caseId, { messageId }) => ({ type: 'case.withdraw-question', caseId, messageId })),
    closeCase: about('Case', (caseId, { verdict, reason, summary, impact, rootCause }) => ({
      type: 'case.close',
      caseId,
      verdict,
      reason,
      summary,
      impact,
      rootCause: rootCause ?? null,
    })),
    reopenCase: about('Case', (caseId, { reason }) => ({ type: 'case.reopen', caseId, reason })),
  },
  subscriptions: {
    caseChanged: {
      subscribe: (_parent, { tenants }, visit) => changes(visit, 'caseChanged', 'Case', tenantKeys(tenants)),
    },
  },
  types: {
    Case: {
      ...caseFields,
      tenant: ({ tenant }: Item<CaseDoc>) => tenantNode(tenant),
      mergedInto: ({ tenant, mergedInto }: Item<CaseDoc>) => mergedInto && nodeId('Case', tenant, mergedInto),
    },
  },
} satisfies AnalystSubject;
