import type { ActionState } from '#contracts';
import { effectHolds, isAtLeast, isContaining } from '#libs/terms';
import { stateAt } from './action-at.js';
import type { CaseAt } from './case-at.js';
import type { ActionJournal } from './index.js';

const isDone = (state: ActionState): boolean => state === 'DONE_BY_CUSTOMER' || effectHolds(state);

/**
 * Whether the customer said that it did what was left to contain the case: an effect holds, or was said to be done, on
 * each target that was to be contained, and nothing grave happened since that was last said. Nobody here saw it.
 * @param now the case at that instant.
 * @param actions of this case.
 * @param at epoch ms; what happens at that very instant has not happened yet.
 */
export const isHandedOverAt = (now: CaseAt, actions: readonly ActionJournal[], at: number): boolean => {
  const containing = actions.flatMap((doc) => {
    const state = isContaining(doc.actionClass) ? stateAt(doc, at) : null;
    return state === null || state === 'SKIPPED' ? [] : [{ doc, state, target: doc.target?.entity ?? doc.actionId }];
  });
  const told = containing.flatMap(({ doc, state }) =>
    state === 'DONE_BY_CUSTOMER' ? (doc.doneByCustomer?.at ?? []) : [],
  );
  const done = new Set(containing.filter(({ state }) => isDone(state)).map(({ target }) => target));
  const last = Math.max(...told);
  return (
    told.length > 0 &&
    containing.every(({ target }) => done.has(target)) &&
    !now.findings.some(({ severity, occurredAt }) => isAtLeast(severity, 'HIGH') && occurredAt > last)
  );
};
