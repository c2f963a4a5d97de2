import type { ActionState, ClockKind, OnHoldReason } from '#contracts';
import { isContaining } from './containment.js';
import { waitingOfAction, type OpenQuestion } from './waiting.js';

interface AwaitedAction {
  actionClass: string;
  state: ActionState;
  /** Whether the question got to anybody who was asked; absent where that was not recorded yet. */
  isTold?: boolean | undefined;
}

/** What the work on a case may wait for: its actions, what was asked of the customer, and what people said. */
export interface CaseWaits {
  actions: readonly AwaitedAction[];
  questions: readonly OpenQuestion[];
  /** Whom people said it waits for. */
  said: OnHoldReason;
}

const awaitsApproval = ({ state }: { state: ActionState }): boolean => waitingOfAction(state, undefined) === 'APPROVAL';

const isBlocked = ({ questions }: CaseWaits): boolean => questions.some(({ blocks }) => blocks);

/** Why an open case is on hold by itself, the pressing first; NONE where it waits for nobody's word. */
export const holdOf = (waits: CaseWaits): OnHoldReason => {
  if (waits.actions.some(awaitsApproval)) return 'AWAITING_APPROVAL';
  return isBlocked(waits) ? 'AWAITING_CUSTOMER' : 'NONE';
};

/**
 * Whether CONTAIN stands still for an action: a question that nobody was told of is not the customer's to answer yet.
 */
export const standsContainStill = (one: AwaitedAction): boolean =>
  awaitsApproval(one) && isContaining(one.actionClass) && one.isTold !== false;

/**
 * The clocks that stand still while an open case waits: CONTAIN for the customer's yes to what would contain it, once
 * anybody was told of the question; RESOLVE for the answer to a blocking question or for a third party. ACKNOWLEDGE and
 * NOTIFY never do: they are the provider's alone. Nor does any by the word of somebody who says that the case waits for
 * the customer.
 */
export const pausedClocks = (waits: CaseWaits): ClockKind[] => [
  ...(waits.actions.some(standsContainStill) ? ['CONTAIN' as const] : []),
  ...(isBlocked(waits) || waits.said === 'AWAITING_THIRD_PARTY' ? ['RESOLVE' as const] : []),
];
