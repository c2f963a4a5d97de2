import type { CaseFact } from '#contracts';
import { isCaseDone, isContaining, mayBeWithdrawn } from '#libs/terms';
import type { CaseState } from './state.js';

const isOver = ({ mergedInto, status }: CaseState): boolean => Boolean(mergedInto) || isCaseDone(status);

const why = ({ mergedInto, status, verdict }: CaseState): string =>
  mergedInto ? 'the case went into another one' : `the case is ${status} as ${verdict}`;

/**
 * What would contain a case and has not begun is wanted no more once the case is over: nobody's silence is to cut a
 * host off for a false alarm. So is what is heard of an action only after the end. What gives back is wanted all the
 * same. What its case was merged into may want it still.
 * @param state after what was decided.
 */
export const calledOff = (decided: CaseFact[], before: CaseState, state: CaseState, at: number): CaseFact[] => {
  const [first] = decided;
  if (!first || !isOver(state)) return [];
  const heardOf = decided.flatMap((fact) => (fact.type === 'case.action-recorded' ? [fact.actionId] : []));
  const actionIds = Object.entries(state.actions)
    .filter(([, { actionClass, state: stands }]) => isContaining(actionClass) && mayBeWithdrawn(stands))
    .map(([actionId]) => actionId)
    .filter((actionId) => !isOver(before) || heardOf.includes(actionId));
  return actionIds.length === 0
    ? []
    : [
        {
          type: 'case.actions-called-off',
          caseId: first.caseId,
          actionIds,
          because: why(state),
          at,
          intoCaseId: state.mergedInto ?? null,
        },
      ];
};
