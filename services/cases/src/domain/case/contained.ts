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

/**
 * Whether CONTAIN, which was reached, is so no more: something that was to be contained is not, or something grave
 * happened since then where no effect holds, whatever was given back in between.
 * @param state after what was decided.
 */
export const containsNoMore = (decided: CaseFact[], before: CaseState, state: CaseState): boolean => {
  const reachedAt = before.clocks.find(({ kind }) => kind === 'CONTAIN')?.stoppedAt ?? null;
  if (reachedAt === null || isContained(state)) return false;
  const wasContained = isContained(before);
  return decided.some((fact) => {
    if (fact.type === 'case.findings-added')
      return wasContained || fact.findings.some((one) => isAtLeast(one.severity, 'HIGH') && one.occurredAt > reachedAt);
    return (
      fact.type === 'case.action-recorded' &&
      wasContained &&
      isContaining(fact.actionClass) &&
      !GIVEN_BACK.includes(fact.state)
    );
  });
};
