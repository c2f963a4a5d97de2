import type { ActionState, ActionTarget, FindingSummary } from '#contracts';
import { entityName, sameHost, sameUser } from './names.js';
import { isAtLeast } from './severity.js';

/** Classes whose verified effect contains an attack. */
const CONTAINING: readonly string[] = ['isolate-host', 'suspend-user'];

/** An action as far as containment asks of it. */
export interface ContainingAction {
  actionClass: string;
  state: ActionState;
}

export const isContaining = (actionClass: string): boolean => CONTAINING.includes(actionClass);

/** An effect holds while it stands verified: no more once its undoing began, and again should that fail. */
export const effectHolds = (state: ActionState): boolean => state === 'VERIFIED';

/** Whether an action contains what it was done to. */
export const contains = ({ actionClass, state }: ContainingAction): boolean =>
  effectHolds(state) && isContaining(actionClass);

/** An action of a containing class, what it was done to, and since when it stands as it does. */
export interface ContainmentOf {
  state: ActionState;
  /** Absent where it was recorded without one: then it may be of anything. */
  target?: Pick<ActionTarget, 'entity'> | null;
  /** Epoch ms. */
  since: number;
}

/** Nothing is to be contained by these any more: they were given back, forbidden, or done by the customer. */
const OVER: readonly ActionState[] = ['SKIPPED', 'REVERTING', 'REVERTED', 'DONE_BY_CUSTOMER'];

/** Doubt counts as the same: telemetry and vendors write one name in many ways. */
const isOf = (entity: string, target: ContainmentOf['target']): boolean => {
  if (!target?.entity) return true;
  const [one, other] = [entityName(entity), entityName(target.entity)];
  const likeness = one.kind === 'host' ? sameHost : sameUser;
  return one.kind === other.kind && likeness(one.name, other.name) !== 'DIFFERENT';
};

/**
 * Whether effects contain a case. One contains what it was done to and nothing else: a case is not contained while
 * something that was to be contained is not, nor once something grave happened elsewhere after the first effect.
 * @param actions those of containing classes.
 * @param findings of the case.
 */
export const isCaseContained = (
  actions: readonly ContainmentOf[],
  findings: readonly Pick<FindingSummary, 'severity' | 'occurredAt' | 'entities'>[],
): boolean => {
  const held = actions.filter(({ state }) => effectHolds(state));
  if (held.length === 0) return false;
  const isHeld = (entity: string): boolean => held.some(({ target }) => isOf(entity, target));
  const since = Math.min(...held.map((one) => one.since));
  return (
    actions.every(({ state, target }) => OVER.includes(state) || !target?.entity || isHeld(target.entity)) &&
    findings.every(
      ({ severity, occurredAt, entities }) =>
        !isAtLeast(severity, 'HIGH') ||
        occurredAt <= since ||
        entities.some(({ kind, value }) => isHeld(`${kind}:${value}`)),
    )
  );
};
