import type { ActionFact, ActionState, Actor } from '#contracts';
import { cut } from '#libs/model';

export interface ActionStep {
  state: ActionState;
  text: string;
  by: Actor | null;
  at: number;
}

type Told = [ActionState, string];
type Tellers = {
  [Type in ActionFact['type']]: (fact: Extract<ActionFact, { type: Type }>, before: ActionState) => Told;
};

/** An approval is asked for, and nothing done, until the customer has agreed. */
const DECIDED = { FORBID: 'SKIPPED', GUIDE: 'GUIDED', ASK: 'PROPOSED', EXECUTE: 'APPROVED' } as const;
const and = (text: string): string => (text ? `: ${text}` : '');

const tellers: Tellers = {
  'action.proposed': ({ actionClass, target, reason }) => [
    'PROPOSED',
    `${actionClass} of ${target.id} is proposed${and(reason)}`,
  ],
  'action.identity-requested': ({ target, rule, policyVersion, because }) => [
    'RESOLVING',
    `the vendor is asked who ${target.id} is (policy version ${policyVersion}, ${rule}: ${because})`,
  ],
  'action.identified': ({ vendor, detail }) => ['RESOLVING', `${vendor} says: ${detail}`],
  'action.decided': ({ decision, rule, policyVersion, because }) => [
    DECIDED[decision],
    `policy version ${policyVersion}, ${rule}: ${because}`,
  ],
  'action.approval-requested': ({ question }) => ['AWAITING_APPROVAL', question],
  'action.approved': ({ comment }) => ['APPROVED', `agreed${and(comment)}`],
  'action.denied': ({ comment }) => ['DENIED', `not agreed${and(comment)}`],
  'action.expired': () => ['EXPIRED', 'nobody answered in time'],
  'action.guided': () => ['GUIDED', 'the customer has guidance'],
  'action.skipped': ({ because }) => ['SKIPPED', because],
  'action.started': ({ actionClass, target, inverting }) => [
    inverting ? 'REVERTING' : 'EXECUTING',
    `${actionClass} of ${target.id} ${inverting ? 'is being undone' : 'is under way'}`,
  ],
  'action.finished': ({ outcome, detail }) => [outcome, `the vendor said ${outcome}${and(detail)}`],
  'action.verified': ({ effective, evidence }) => [
    effective ? 'VERIFIED' : 'VERIFY_FAILED',
    `${effective ? 'the effect was seen' : 'no effect was seen'}${and(evidence)}`,
  ],
  'action.reverted': ({ reason }) => ['REVERTED', `undone${and(reason)}`],
  'action.revert-failed': ({ detail }, before) => [before, `could not be undone${and(detail)}`],
  'action.done-by-customer': ({ comment }) => ['DONE_BY_CUSTOMER', `the customer did it${and(comment)}`],
};

/**
 * @param history the steps so far: an undoing that failed leaves the action where it stood before.
 * @returns what a fact makes of its action, in words.
 */
export const stepOf = (fact: ActionFact, history: ActionStep[] = []): ActionStep => {
  const before = history.findLast(({ state }) => state !== 'REVERTING')?.state ?? 'OUTCOME_UNKNOWN';
  const [state, text] = (tellers[fact.type] as (fact: ActionFact, before: ActionState) => Told)(fact, before);
  return { state, text: cut(text, 1_000), by: 'by' in fact ? fact.by : null, at: fact.at };
};
