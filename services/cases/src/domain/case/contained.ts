import type { ActionState, CaseFact } from '#contracts';
import { isAtLeast, isCaseContained, isContaining } from '#libs/terms';
import type { CaseState } from './state.js';

/** Whether effects contain a case as it stands. */
export const isContained = ({ actions, findings }: Pick<CaseState, 'actions' | 'findings'>): boolean =>
  isCaseContained(
    Object.values(actions)
      .filter(({ actionClass }) => isContaining(actionClass))
      .map(({ state, target, occurredAt: since }) => ({ state, target, since })),
    findings,
  );

/** What was given back, or was not to be, leaves nothing to contain. */
const GIVEN_BACK: readonly ActionState[] = ['SKIPPED', 'REVERTING', 'REVERTED', 'DONE_BY_CUSTOMER'];

type Found = CaseState['findings'];

/** What came with a merge is judged once it is known what holds of it. */
const arrived = (before: CaseState, fact: CaseFact): { found: Found; before: CaseState } | undefined => {
  if (fact.type === 'case.findings-added' && !fact.fromCaseId) return { found: fact.findings, before };
  if (fact.type !== 'case.taken-over') return undefined;
  const moved = before.movedFrom[fact.fromCaseId] ?? [];
  const isMoved = ({ findingId }: Found[number]): boolean => moved.includes(findingId);
  const own = before.findings.filter((one) => !isMoved(one));
  return { found: before.findings.filter(isMoved), before: { ...before, findings: own } };
};

/** Where actions stand now. */
const recordedIn = (fact: CaseFact): { actionClass: string; state: ActionState }[] => {
  if (fact.type === 'case.action-recorded') return [fact];
  return fact.type === 'case.taken-over' ? (fact.actions ?? []) : [];
};

/**
 * Whether CONTAIN, which was reached, is so no more: something that was to be contained is not, or something grave
 * happened since then where no effect holds, whatever was given back in between.
 * @param state after what was decided.
 */
export const containsNoMore = (decided: CaseFact[], before: CaseState, state: CaseState): boolean => {
  const reachedAt = before.clocks.find(({ kind }) => kind === 'CONTAIN')?.stoppedAt ?? null;
  if (reachedAt === null || isContained(state)) return false;
  return decided.some((fact) => {
    const came = arrived(before, fact);
    if (came && came.found.length > 0 && isContained(came.before)) return true;
    if (came?.found.some((one) => isAtLeast(one.severity, 'HIGH') && one.occurredAt > reachedAt)) return true;
    const isUndone = recordedIn(fact).some((one) => isContaining(one.actionClass) && !GIVEN_BACK.includes(one.state));
    return isUndone && isContained(before);
  });
};
