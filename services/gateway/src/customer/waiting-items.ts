import type { TenantDocument } from '#libs/store';
import { waitingOfAction, waitingOfCase, type WaitingKind } from '#libs/terms';
import { nodeId } from '../domain/node-id.js';
import type { ActionDoc } from '../views/actions.js';
import type { CaseDoc } from '../views/cases.js';

/** Something that waits for the customer's word or hand. */
export interface WaitingOnCustomer {
  kind: WaitingKind;
  caseId: string;
  caseNumber: string;
  id: string;
  text: string;
  since: number;
  expiresAt: number | null;
}

const stageOf = ({ status, mergedInto }: CaseDoc) => ({ status, isMerged: mergedInto !== null });

/** Since when it is on hold; the timeline keeps its latest entries. */
const heldSince = ({ timeline, openedAt }: CaseDoc): number =>
  timeline.findLast(({ kind }) => kind === 'status-changed')?.at ?? openedAt;

const ofCase = ({ tenant, doc }: TenantDocument<CaseDoc>, caseNumber: string): WaitingOnCustomer[] => {
  const { questions, recommendations, isHeld } = waitingOfCase({ ...doc, ...stageOf(doc) });
  const caseId = nodeId('Case', tenant, doc.caseId);
  const one = (kind: WaitingKind, id: string, text: string, since: number): WaitingOnCustomer => ({
    kind,
    caseId,
    caseNumber,
    id,
    text,
    since,
    expiresAt: null,
  });
  return [
    ...questions.map(({ id, text, at }) => one('QUESTION', id, text, at)),
    ...(isHeld ? [one('ON_HOLD', caseId, doc.title, heldSince(doc))] : []),
    ...recommendations.map(({ id, text, at }) => one('RECOMMENDATION', id, text, at)),
  ];
};

const ofAction = (
  { tenant, doc }: TenantDocument<ActionDoc>,
  ofIts: CaseDoc | undefined,
  caseNumber: string,
): WaitingOnCustomer[] => {
  const kind = waitingOfAction(doc.state, ofIts && stageOf(ofIts));
  if (!kind) return [];
  const isGuided = kind === 'GUIDANCE';
  return [
    {
      kind,
      caseId: nodeId('Case', tenant, doc.caseId),
      caseNumber,
      id: nodeId('Action', tenant, doc.actionId),
      text: isGuided ? doc.steps.join('\n') : (doc.question ?? doc.reason),
      since: doc.history.findLast(({ state }) => state === doc.state)?.at ?? doc.proposedAt,
      expiresAt: isGuided ? null : doc.expiresAt,
    },
  ];
};

/**
 * What waits for the customer, oldest first.
 * @param looked the documents of the actions, and of cases: all that are looked through, and those of the actions.
 */
export const waitingItems = (
  looked: {
    actions: TenantDocument<ActionDoc>[];
    cases: TenantDocument<CaseDoc>[];
    ofActions: TenantDocument<CaseDoc>[];
  },
  caseNumber: (tenant: string, number: number) => string,
): WaitingOnCustomer[] => {
  const byId = new Map([...looked.cases, ...looked.ofActions].map(({ doc }) => [doc.caseId, doc]));
  const numberOf = (tenant: string, doc: CaseDoc | undefined): string => (doc ? caseNumber(tenant, doc.number) : '');
  const ofActions = looked.actions.flatMap((one) => {
    const its = byId.get(one.doc.caseId);
    return ofAction(one, its, numberOf(one.tenant, its));
  });
  const ofCases = looked.cases.flatMap((one) => ofCase(one, numberOf(one.tenant, one.doc)));
  return [...ofActions, ...ofCases].sort((a, b) => a.since - b.since);
};
