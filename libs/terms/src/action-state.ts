import type { ActionFact, ActionState } from '#contracts';

/** Where a response action stands. */
export interface ActionStanding {
  state: ActionState;
  /** The last state other than REVERTING: what holds again when an undoing fails. */
  beforeUndo: ActionState;
}

/** The policy's word alone asks nobody: the customer is asked with `action.approval-requested`. */
const DECIDED = { FORBID: 'SKIPPED', GUIDE: 'GUIDED', ASK: 'PROPOSED', EXECUTE: 'APPROVED' } as const;

type ActionFactType = ActionFact['type'];
/** What of a fact the state depends on: for whoever kept no more of it. */
type Telling = {
  [Type in ActionFactType]: Pick<
    Extract<ActionFact, { type: Type }>,
    Extract<
      keyof Extract<ActionFact, { type: Type }>,
      'type' | 'decision' | 'inverting' | 'outcome' | 'effective' | 'state'
    >
  >;
};
/** A fact of an action, or as much of it as tells a state. */
export type StateTellingFact = Telling[ActionFactType];

type StateTellers = { [Type in ActionFactType]: (fact: Telling[Type]) => ActionState };

const tellers: StateTellers = {
  'action.proposed': () => 'PROPOSED',
  'action.identity-requested': () => 'RESOLVING',
  'action.identified': () => 'RESOLVING',
  'action.allowance-requested': () => 'RESOLVING',
  'action.allowance-told': () => 'RESOLVING',
  'action.decided': ({ decision }) => DECIDED[decision],
  'action.approval-requested': () => 'AWAITING_APPROVAL',
  // Who is told of a question is told while it waits; who takes note after silence was a yes makes it wait again.
  'action.contact-tried': () => 'AWAITING_APPROVAL',
  'action.approved': () => 'APPROVED',
  'action.denied': () => 'DENIED',
  'action.expired': () => 'EXPIRED',
  'action.guided': () => 'GUIDED',
  'action.skipped': () => 'SKIPPED',
  'action.started': ({ inverting }) => (inverting ? 'REVERTING' : 'EXECUTING'),
  'action.finished': ({ outcome }) => outcome,
  'action.not-verified': ({ inverting, outcome }) => (inverting ? 'REVERTING' : outcome),
  'action.verified': ({ effective }) => (effective ? 'VERIFIED' : 'VERIFY_FAILED'),
  'action.reverted': () => 'REVERTED',
  // Whoever gave it back: it is in force no more.
  'action.superseded': () => 'REVERTED',
  'action.revert-failed': () => 'OUTCOME_UNKNOWN',
  'action.done-by-customer': () => 'DONE_BY_CUSTOMER',
  // It stays as it ended: what is done is another action.
  'action.wanted-again': ({ state }) => state,
};

/**
 * The state that one fact tells by itself, for whoever hears no others. An undoing that failed tells nothing of what
 * holds: to itself it is OUTCOME_UNKNOWN, and `standingAfter` knows better.
 */
export const stateTold = (fact: StateTellingFact): ActionState =>
  (tellers[fact.type] as (fact: StateTellingFact) => ActionState)(fact);

const SETTLED: Readonly<Record<ActionState, boolean>> = {
  PROPOSED: false,
  RESOLVING: false,
  AWAITING_APPROVAL: false,
  APPROVED: false,
  DENIED: true,
  EXPIRED: true,
  GUIDED: true,
  SKIPPED: true,
  EXECUTING: false,
  SUCCEEDED: false,
  PARTIAL: false,
  FAILED: true,
  UNSUPPORTED: true,
  OUTCOME_UNKNOWN: false,
  VERIFIED: true,
  VERIFY_FAILED: true,
  REVERTING: false,
  REVERTED: true,
  DONE_BY_CUSTOMER: true,
};

const NOT_BEGUN: readonly ActionState[] = ['PROPOSED', 'RESOLVING', 'AWAITING_APPROVAL', 'APPROVED'];

/** Nothing was sent that acts, and something may be yet: it can be withdrawn. */
export const mayBeWithdrawn = (state: ActionState): boolean => NOT_BEGUN.includes(state);

const ENDED_UNHELD: readonly ActionState[] = [
  'DENIED',
  'EXPIRED',
  'SKIPPED',
  'FAILED',
  'UNSUPPORTED',
  'REVERTED',
  'DONE_BY_CUSTOMER',
];

/**
 * It is over, and holds nothing that anybody saw: where it is wanted still, that is another action. What may be in
 * force, or was only seen not to work yet, is not over; nor is guidance that waits for the customer.
 */
export const hasEndedUnheld = (state: ActionState): boolean => ENDED_UNHELD.includes(state);

/** Nothing more happens to it at once: it ended, stands until its time is over, or is in the customer's hands. */
export const isSettled = (state: ActionState): boolean => SETTLED[state];

/** Where an action stands that was recorded to be in a state, whatever it was in before. */
export const standingRecorded = (before: ActionStanding | undefined, state: ActionState): ActionStanding => ({
  state,
  beforeUndo: state === 'REVERTING' ? (before?.beforeUndo ?? 'OUTCOME_UNKNOWN') : state,
});

/** @param states all states an action was in, in order. @returns where it stands; undefined before it was proposed. */
export const standingIn = (states: readonly ActionState[]): ActionStanding | undefined =>
  states.reduce<ActionStanding | undefined>(standingRecorded, undefined);

/**
 * Where an action stands once its next fact told a state. Between an undoing's start and its end no outcome of anything
 * else is told: one that is unknown is the undoing's, which failed, and what held before it holds still. It was neither
 * seen nor done again.
 */
export const standingAfter = (standing: ActionStanding | undefined, told: ActionState): ActionStanding =>
  standingRecorded(
    standing,
    told === 'OUTCOME_UNKNOWN' && standing?.state === 'REVERTING' ? standing.beforeUndo : told,
  );
