import type { TenantDocument } from '#libs/store';
import { nodeId } from '../domain/node-id.js';
import type { Visit } from '../graphql/visit.js';
import { actions, type ActionDoc } from '../views/actions.js';
import { cases, type CaseDoc } from '../views/cases.js';

/** Something that waits for the customer's word or hand. */
interface WaitingOnCustomer {
  kind: 'QUESTION' | 'APPROVAL' | 'GUIDANCE' | 'RECOMMENDATION';
  caseId: string;
  caseNumber: string;
  id: string;
  text: string;
  since: number;
  expiresAt: number | null;
}

const OPEN = ['AWAITING_APPROVAL', 'GUIDED'];

const ofCase = ({
  messages,
  recommendations,
}: CaseDoc): Pick<WaitingOnCustomer, 'kind' | 'id' | 'text' | 'since'>[] => {
  const answered = new Set(messages.map(({ inReplyTo }) => inReplyTo));
  const questions = messages.filter(
    ({ id, kind, by }) => kind === 'QUESTION' && by.side !== 'CUSTOMER' && !answered.has(id),
  );
  return [
    ...questions.map(({ id, text, at }) => ({ kind: 'QUESTION' as const, id, text, since: at })),
    ...recommendations
      .filter(({ done }) => !done)
      .map(({ id, text, at }) => ({ kind: 'RECOMMENDATION' as const, id, text, since: at })),
  ];
};

const ofAction = ({ tenant, doc }: TenantDocument<ActionDoc>): Omit<WaitingOnCustomer, 'caseNumber'> => {
  const guided = doc.state === 'GUIDED';
  return {
    kind: guided ? 'GUIDANCE' : 'APPROVAL',
    caseId: nodeId('Case', tenant, doc.caseId),
    id: nodeId('Action', tenant, doc.actionId),
    text: guided ? doc.steps.join('\n') : (doc.question ?? doc.reason),
    since: doc.askedAt ?? doc.proposedAt,
    expiresAt: guided ? null : doc.expiresAt,
  };
};

/** What waits for the customer, oldest first. */
export const waitingOnYou = async ({ gate, caseNumber }: Visit): Promise<WaitingOnCustomer[]> => {
  const open = await gate.read(actions).find({ where: { state: { in: OPEN } }, sort: { proposedAt: 1 }, limit: 500 });
  const view = gate.read(cases);
  const newest = (await view.find({ sort: { openedAt: -1 }, limit: 500 })).items;
  const others = await view.getMany([...new Set(open.items.map(({ doc }) => doc.caseId))]);
  const numbers = new Map(
    [...newest, ...others].map(({ tenant, doc }) => [doc.caseId, caseNumber(tenant, doc.number)]),
  );
  const numberOf = (caseId: string): string => numbers.get(caseId) ?? '';
  const ofActions = open.items.map((one) => ({ ...ofAction(one), caseNumber: numberOf(one.doc.caseId) }));
  const ofCases = newest
    .filter(({ doc }) => !doc.mergedInto)
    .flatMap(({ tenant, doc: { caseId }, doc }) =>
      ofCase(doc).map((one) => ({
        ...one,
        caseId: nodeId('Case', tenant, caseId),
        caseNumber: numberOf(caseId),
        expiresAt: null,
      })),
    );
  return [...ofActions, ...ofCases].sort((a, b) => a.since - b.since);
};
