import { nodeId } from '../domain/node-id.js';
import type { Visit } from '../reading/visit.js';
import type { ActionDoc } from '../views/actions.js';
import type { CaseDoc } from '../views/cases.js';

export interface Waiting {
  kind: 'QUESTION' | 'APPROVAL' | 'GUIDANCE' | 'RECOMMENDATION';
  caseId: string;
  caseNumber: string;
  id: string;
  text: string;
  since: number;
  expiresAt: number | null;
}

const OPEN = ['AWAITING_APPROVAL', 'GUIDED'];

const ofCase = ({ messages, recommendations }: CaseDoc): Pick<Waiting, 'kind' | 'id' | 'text' | 'since'>[] => {
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

/** What waits for the customer, oldest first. */
export const waitingOnYou = async ({ gate, caseNumber }: Visit): Promise<Waiting[]> => {
  const actions = (
    await gate.read<ActionDoc>('actions').find({ where: { state: { in: OPEN } }, sort: { proposedAt: 1 }, limit: 500 })
  ).items;
  const view = gate.read<CaseDoc>('cases');
  const newest = (await view.find({ sort: { openedAt: -1 }, limit: 500 })).items;
  const others = await view.getMany([...new Set(actions.map(({ doc }) => doc.caseId))]);
  const numbers = new Map(
    [...newest, ...others].map(({ tenant, doc }) => [doc.caseId, caseNumber(tenant, doc.number)]),
  );
  const ofActions = actions.map(
    ({ tenant, doc }): Waiting => ({
      kind: doc.state === 'GUIDED' ? 'GUIDANCE' : 'APPROVAL',
      caseId: nodeId('Case', tenant, doc.caseId),
      caseNumber: numbers.get(doc.caseId) ?? '',
      id: nodeId('Action', tenant, doc.actionId),
      text: doc.state === 'GUIDED' ? doc.steps.join('\n') : (doc.question ?? doc.reason),
      since: doc.askedAt ?? doc.proposedAt,
      expiresAt: doc.state === 'GUIDED' ? null : doc.expiresAt,
    }),
  );
  const ofCases = newest
    .filter(({ doc }) => !doc.mergedInto)
    .flatMap(({ tenant, doc }) =>
      ofCase(doc).map(
        (one): Waiting => ({
          ...one,
          caseId: nodeId('Case', tenant, doc.caseId),
          caseNumber: numbers.get(doc.caseId) ?? '',
          expiresAt: null,
        }),
      ),
    );
  return [...ofActions, ...ofCases].sort((a, b) => a.since - b.since);
};
