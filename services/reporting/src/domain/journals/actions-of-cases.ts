import { groupsBy } from '../grouped-by.js';
import type { ActionJournal } from './action.js';

/** Actions by the case that they are of, in their order. */
export const actionsOfCases = (actions: readonly ActionJournal[]): ((caseId: string) => readonly ActionJournal[]) => {
  const byCase = groupsBy(actions, ({ caseId }) => caseId);
  return (caseId) => byCase.get(caseId) ?? [];
};
