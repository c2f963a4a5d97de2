import type { ActionState } from '#contracts';

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

/** Whether an action contains what it was done about. */
export const contains = ({ actionClass, state }: ContainingAction): boolean =>
  effectHolds(state) && isContaining(actionClass);
