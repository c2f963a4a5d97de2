import type { CaseActionsCalledOff, CaseFact, Entity, FindingSummary, TenantState } from '#contracts';
import {
  entityName,
  findAssets,
  findIdentities,
  isCaseDone,
  isContaining,
  mayBeWithdrawn,
  sameHost,
  sameUser,
} from '#libs/terms';
import type { CaseState } from './state.js';

/** Resolved, closed or part of another one. */
export const isOver = ({ mergedInto, status }: CaseState): boolean => Boolean(mergedInto) || isCaseDone(status);

const why = ({ mergedInto, status, verdict }: CaseState): string =>
  mergedInto ? 'the case went into another one' : `the case is ${status} as ${verdict}`;

const openContainments = ({ actions }: CaseState): string[] =>
  Object.entries(actions)
    .filter(([, { actionClass, state: stands }]) => isContaining(actionClass) && mayBeWithdrawn(stands))
    .map(([actionId]) => actionId);

/** Nothing to say where nothing is to be called off. */
const callingOff = (fact: Omit<CaseActionsCalledOff, 'type'>): CaseFact[] =>
  fact.actionIds.length === 0 ? [] : [{ type: 'case.actions-called-off', ...fact }];

/** Every name that something goes by, where it is registered: an action is of the first. */
const namesOf = ({ kind, value }: Entity, settings: TenantState | undefined): readonly string[] => {
  const registered =
    kind === 'host'
      ? findAssets(settings?.assets ?? [], [value]).sure?.hostnames
      : findIdentities(settings?.identities ?? [], [value]).sure?.names;
  return [value, ...(registered ?? [])];
};

/** Doubt counts as the same: whoever is asked about it in the other case is asked all the same. */
const names = (findings: readonly FindingSummary[], entity: string, settings: TenantState | undefined): boolean => {
  const { kind, name } = entityName(entity);
  const likeness = kind === 'host' ? sameHost : sameUser;
  return findings
    .flatMap(({ entities }) => entities)
    .some((one) => one.kind === kind && namesOf(one, settings).some((other) => likeness(name, other) !== 'DIFFERENT'));
};

/**
 * Findings that left take with them what would contain what they are of and has not begun, unless those that stay are
 * of it, too: it is wanted where they went, and this case may be closed without them.
 * @param left the findings that stay, `gone` those that leave for the other case.
 */
export const calledOffWith = (
  state: CaseState,
  {
    caseId,
    toCaseId,
    gone,
    left,
  }: { caseId: string; toCaseId: string; gone: FindingSummary[]; left: FindingSummary[] },
  { now: at, settings }: { now: number; settings?: TenantState | undefined },
): CaseFact[] => {
  const actionIds = openContainments(state).filter((actionId) => {
    const entity = state.actions[actionId]?.target?.entity;
    return entity && names(gone, entity, settings) && !names(left, entity, settings);
  });
  const because = 'the findings that want it went into another case';
  return callingOff({ caseId, actionIds, because, at, intoCaseId: toCaseId });
};

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
  const actionIds = openContainments(state).filter((actionId) => !isOver(before) || heardOf.includes(actionId));
  const intoCaseId = state.mergedInto ?? null;
  return callingOff({ caseId: first.caseId, actionIds, because: why(state), at, intoCaseId });
};
