import type { Visit } from '../graphql/visit.js';
import { actions } from '../views/actions.js';
import { cases } from '../views/cases.js';
import { waitingItems, type WaitingOnCustomer } from './waiting-items.js';

/** States of actions of which something may wait; which of them does is for libs/terms to say. */
const OPEN = ['AWAITING_APPROVAL', 'GUIDED'];

/** What waits for the customer, oldest first: of its latest cases, and of all its actions. */
export const waitingOnYou = async ({ gate, caseNumber }: Visit): Promise<WaitingOnCustomer[]> => {
  const open = await gate.read(actions).find({ where: { state: { in: OPEN } }, sort: { proposedAt: 1 }, limit: 500 });
  const view = gate.read(cases);
  const newest = await view.find({ sort: { openedAt: -1 }, limit: 500 });
  const ofActions = await view.getMany([...new Set(open.items.map(({ doc }) => doc.caseId))]);
  return waitingItems({ actions: open.items, cases: newest.items, ofActions }, caseNumber);
};
