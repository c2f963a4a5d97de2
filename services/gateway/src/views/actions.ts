import type {
  ActionFact,
  ActionProposed,
  ActionState,
  ActionTarget,
  Actor,
  PolicyDecision,
  Severity,
  UnverifiedReason,
} from '#contracts';
import { cut, firstAndLatest, type View } from '#libs/model';
import { stepOf, type ActionStep } from './action-steps.js';

export interface ActionDoc {
  actionId: string;
  caseId: string;
  actionClass: string;
  openc2Action: string;
  reactId: string;
  d3fend: string;
  target: ActionTarget;
  severity: Severity;
  state: ActionState;
  decision: PolicyDecision | null;
  rule: string | null;
  because: string | null;
  policyVersion: number | null;
  reason: string;
  question: string | null;
  /** The question's number, which its answer names; absent in documents of before. */
  asking?: number | null;
  expiresAt: number | null;
  askedAt: number | null;
  approvedBy: Actor | null;
  steps: string[];
  detail: string | null;
  evidence: string | null;
  /** Up to when the evidence reaches; absent in documents that have heard of none since it is kept. */
  observedAt?: number | null;
  /** How long after its word the vendor's effect may take to show. */
  lagMs?: number | null;
  /** Why what was seen proves nothing yet; null once it does. */
  unverified?: UnverifiedReason | null;
  history: ActionStep[];
  proposedAt: number;
  verifiedAt: number | null;
  version: number;
}

const begin = ({
  actionId,
  caseId,
  actionClass,
  openc2Action,
  reactId,
  d3fend,
  target,
  severity,
  reason,
  at,
}: ActionProposed): ActionDoc => ({
  actionId,
  caseId,
  actionClass,
  openc2Action,
  reactId,
  d3fend,
  target,
  severity,
  reason,
  proposedAt: at,
  state: 'PROPOSED',
  decision: null,
  rule: null,
  because: null,
  policyVersion: null,
  question: null,
  asking: null,
  expiresAt: null,
  askedAt: null,
  approvedBy: null,
  steps: [],
  detail: null,
  evidence: null,
  observedAt: null,
  lagMs: null,
  unverified: null,
  history: [],
  verifiedAt: null,
  version: 0,
});

/** What vendors say may be of any length; the facts have all of it. */
const TEXT = 4_000;

type ActionFactAfterProposal = Exclude<ActionFact, ActionProposed>;
type ActionFolds = {
  [Type in ActionFactAfterProposal['type']]: (
    fact: Extract<ActionFactAfterProposal, { type: Type }>,
  ) => Partial<ActionDoc>;
};

const folds: ActionFolds = {
  'action.approval-requested': ({ question, asking, expiresAt, at }) => ({
    question,
    asking: asking ?? 0,
    expiresAt,
    askedAt: at,
  }),
  'action.approved': ({ by }) => ({ approvedBy: by.side === 'SYSTEM' ? null : by }),
  'action.contact-tried': () => ({ approvedBy: null }),
  'action.decided': ({ decision, rule, because, policyVersion }) => ({ decision, rule, because, policyVersion }),
  'action.denied': () => ({}),
  'action.done-by-customer': () => ({}),
  'action.expired': () => ({}),
  'action.wanted-again': () => ({}),
  'action.finished': ({ detail }) => ({ detail: cut(detail, TEXT) }),
  'action.guided': ({ steps }) => ({ steps }),
  'action.revert-failed': ({ detail }) => ({ detail: cut(detail, TEXT), unverified: null }),
  'action.allowance-requested': () => ({}),
  'action.allowance-told': () => ({}),
  'action.identified': () => ({}),
  'action.identity-requested': () => ({}),
  'action.not-verified': ({ evidence, observedAt, lagMs, reason }) => ({
    evidence: cut(evidence, TEXT),
    observedAt,
    lagMs,
    unverified: reason,
  }),
  'action.reverted': ({ reason, observedAt, lagMs }) =>
    observedAt > 0 ? { evidence: cut(reason, TEXT), observedAt, lagMs, unverified: null } : { unverified: null },
  'action.superseded': ({ evidence, observedAt }) => ({
    evidence: cut(evidence, TEXT),
    observedAt,
    lagMs: null,
    unverified: null,
  }),
  'action.skipped': ({ because }) => ({ because }),
  'action.started': ({ policyVersion, rule }) => ({ policyVersion, rule }),
  'action.verified': ({ effective, evidence, observedAt, lagMs, at }) => ({
    evidence: cut(evidence, TEXT),
    observedAt: observedAt || null,
    lagMs: observedAt ? lagMs : null,
    unverified: null,
    verifiedAt: effective ? at : null,
  }),
};

/** A look that found what the one before found takes its place. */
const isAgain = (fact: ActionFact): boolean => fact.type === 'action.not-verified' && fact.again;

/** Response actions with every step of their life. One stream feeds a document. */
export const actions: View<ActionDoc, ActionFact> & { indexes: string[] } = {
  name: 'actions',
  hears: ['action.proposed', ...(Object.keys(folds) as ActionFactAfterProposal['type'][])],
  indexes: ['proposedAt', 'caseId', 'state'],
  keys: ({ message }) => [message.actionId],
  show: (before, { envelope, message }) => {
    const doc = before ?? (message.type === 'action.proposed' ? begin(message) : undefined);
    if (!doc) return undefined;
    const fold = (folds as Record<string, (fact: ActionFact) => Partial<ActionDoc>>)[message.type];
    const step = stepOf(message, doc.history);
    return {
      ...doc,
      ...fold?.(message),
      state: step.state,
      history: firstAndLatest([...(isAgain(message) ? doc.history.slice(0, -1) : doc.history), step], 200),
      version: envelope.sequence?.version ?? doc.version,
    };
  },
};
