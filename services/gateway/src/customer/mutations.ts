import type { Entity, MessageKind, Severity } from '#contracts';
import type { Typed } from '#libs/model';
import { tenantNode, type Visit } from '../reading/visit.js';
import { about, mutations, type Make } from '../shared/mutations.js';
import { policyRequests, type PolicyInput } from '../shared/policies.js';

type Id = { id: string };
type Commented = Id & { comment: string };
interface Opening {
  title: string;
  description: string;
  severity: Severity;
  entities: Entity[];
}

/** What may be done, agreed for the caller's own tenant. */
const agree =
  <Args>(ask: (args: Args) => Typed): Make<Args> =>
  (args, { gate: { scope } }) => {
    const tenant = scope.caller.tenant ?? '';
    return { tenant, request: ask(args), id: tenantNode(tenant) };
  };

/** What is asked of a case that is named by `caseId`. */
const ofCase =
  <Args extends { caseId: string }>(ask: (caseId: string, args: Args) => { type: string }): Make<Args> =>
  (args, visit, requestId) =>
    about<Args & Id>('Case', ask)({ ...args, id: args.caseId }, visit, requestId);

/** Every change a customer can ask for; its tenant follows from the token. */
export const customerMutations = mutations({
  openCase: ({ title, description, severity, entities }: Opening, { gate: { scope } }: Visit) => ({
    tenant: scope.caller.tenant ?? '',
    request: { type: 'clustering.open-case', title, description, severity, entities },
  }),
  postMessage: ofCase<{ caseId: string; text: string; kind: MessageKind; inReplyTo?: string | null }>(
    (caseId, { text, kind, inReplyTo }) => ({
      type: 'case.post-message',
      caseId,
      kind,
      text,
      inReplyTo: inReplyTo ?? null,
    }),
  ),
  completeRecommendation: ofCase<{ caseId: string; recommendationId: string }>((caseId, { recommendationId }) => ({
    type: 'case.complete-recommendation',
    caseId,
    recommendationId,
  })),
  rateCase: ofCase<{ caseId: string; stars: number; comment: string }>((caseId, { stars, comment }) => ({
    type: 'case.rate',
    caseId,
    stars,
    comment,
  })),
  approveAction: about<Commented>('Action', (actionId, { comment }) => ({ type: 'action.approve', actionId, comment })),
  denyAction: about<Commented>('Action', (actionId, { comment }) => ({ type: 'action.deny', actionId, comment })),
  markActionDone: about<Commented>('Action', (actionId, { comment }) => ({
    type: 'action.mark-done',
    actionId,
    comment,
  })),
  setPolicy: agree<{ policy: PolicyInput }>(({ policy }) => policyRequests.set(policy)),
  confirmPolicy: agree<{ proposalId: string }>(({ proposalId }) => policyRequests.confirm(proposalId)),
  rejectPolicy: agree<{ proposalId: string; reason: string }>(({ proposalId, reason }) =>
    policyRequests.reject(proposalId, reason),
  ),
} as Record<string, Make<never>>);
