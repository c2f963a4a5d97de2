import type { ActionState, ActionTarget, FindingSummary } from '#contracts';
import { entityName, sameHost, sameUser, type Likeness } from './names.js';
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

/** Where nothing grave happened, nothing is to be contained by these any more: given back, or forbidden. */
const OVER: readonly ActionState[] = ['SKIPPED', 'REVERTING', 'REVERTED'];

const likenessOf = (entity: string, other: string): Likeness => {
  const [one, two] = [entityName(entity), entityName(other)];
  if (one.kind !== two.kind) return 'DIFFERENT';
  return (one.kind === 'host' ? sameHost : sameUser)(one.name, two.name);
};

/** What of a finding is to be contained: its hosts; without one, its users. */
const placesOf = ({ entities }: Pick<FindingSummary, 'entities'>): string[] => {
  const hosts = entities.filter(({ kind }) => kind === 'host');
  const users = entities.filter(({ kind }) => kind === 'user');
  return (hosts.length > 0 ? hosts : users).map(({ kind, value }) => `${kind}:${value}`);
};

/** How one name stands to the effects that hold. */
type Standing = 'HELD' | 'NOT_HELD' | 'UNNAMED';

/**
 * By its own name, if something was done under that; else by one that may be its own, while nothing in the case says
 * that two are called so.
 * @param named all names in the case of what is or was to be contained.
 */
const standingOf = (entity: string, actions: readonly ContainmentOf[], named: readonly string[]): Standing => {
  const alike = actions.flatMap(({ state, target }) => {
    const likeness = target?.entity ? likenessOf(entity, target.entity) : 'DIFFERENT';
    return target?.entity && likeness !== 'DIFFERENT'
      ? [{ holds: effectHolds(state), likeness, of: target.entity }]
      : [];
  });
  if (alike.length === 0) return 'UNNAMED';
  const sure = alike.filter(({ likeness }) => likeness === 'SAME');
  if (sure.length > 0) return sure.some(({ holds }) => holds) ? 'HELD' : 'NOT_HELD';
  const isOne = ({ of }: { of: string }): boolean =>
    !named.some((other) => likenessOf(other, of) !== 'DIFFERENT' && likenessOf(other, entity) === 'DIFFERENT');
  return alike.some(({ holds }) => holds) && alike.every(isOne) ? 'HELD' : 'NOT_HELD';
};

type FindingOf = Pick<FindingSummary, 'severity' | 'occurredAt' | 'entities'>;

/**
 * Whether names that no action has are those of effects on what no finding names: registers call a host by another
 * name. Each of one such effect at most, and of one that came after.
 */
const areOthers = (
  unnamed: readonly string[],
  held: readonly ContainmentOf[],
  findings: readonly FindingOf[],
): boolean => {
  if (unnamed.length === 0) return true;
  const names = findings.flatMap(({ entities }) => entities.map(({ kind, value }) => `${kind}:${value}`));
  const others = held.filter(
    ({ target }) => target?.entity && names.every((name) => likenessOf(name, target.entity) === 'DIFFERENT'),
  );
  const since = Math.min(...others.map((one) => one.since));
  return (
    unnamed.length <= new Set(others.map(({ target }) => target?.entity)).size &&
    findings.every((one) => one.occurredAt <= since || !placesOf(one).some((place) => unnamed.includes(place)))
  );
};

/**
 * Whether effects contain a case: one holds on every host of each grave finding, or on its users where it names no
 * host, whenever that happened and whatever became of the question; and on whatever else was to be contained. What the
 * customer says that it did nobody saw, and what is forbidden or given back is not contained.
 * @param actions those of containing classes.
 * @param findings of the case.
 */
export const isCaseContained = (actions: readonly ContainmentOf[], findings: readonly FindingOf[]): boolean => {
  const held = actions.filter(({ state }) => effectHolds(state));
  if (held.length === 0) return false;
  const grave = findings.filter(({ severity }) => isAtLeast(severity, 'HIGH'));
  const wanted = actions.flatMap(({ state, target }) =>
    target?.entity && !OVER.includes(state) ? [target.entity] : [],
  );
  const places = [...new Set(grave.flatMap(placesOf))];
  const named = [...places, ...actions.flatMap(({ target }) => target?.entity ?? [])];
  const standing = (entity: string): Standing => standingOf(entity, actions, named);
  if ([...wanted, ...places].some((entity) => standing(entity) === 'NOT_HELD')) return false;
  const unnamed = places.filter((place) => standing(place) === 'UNNAMED');
  return held.some(({ target }) => !target?.entity) || areOthers(unnamed, held, grave);
};
