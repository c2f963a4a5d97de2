import type { ActionFact, ActionState, ActionTarget, Severity } from '#contracts';

/** What past facts say of one action. */
export interface ActionLife {
  state: ActionState | 'NONE';
  actionId: string;
  caseId: string;
  actionClass: string;
  target: ActionTarget;
  severity: Severity;
  confidence: number;
  /** The customer agreed, or was out of reach and had opted in. */
  approved: boolean;
  askedAt: number;
  expiresAt: number;
  /** How often the outcome was found to be unknown, since when (0: never), and when last. */
  unknowns: number;
  unknownSince: number;
  unknownAt: number;
  /** What is in force is this action's own doing: the vendor knows it under a reference. */
  ours: boolean;
  /** Where it stood before it was being undone. */
  before: ActionState;
  /** Undoings begun. */
  undos: number;
}

export const nothing: ActionLife = {
  state: 'NONE', actionId: '', caseId: '', actionClass: '', target: { kind: 'HOST', id: '', entity: '' }, severity: 'UNKNOWN', confidence: 0,
  approved: false, askedAt: 0, expiresAt: 0,
  unknowns: 0, unknownSince: 0, unknownAt: 0, ours: false, before: 'OUTCOME_UNKNOWN', undos: 0,
};

const DECIDED = { FORBID: 'SKIPPED', GUIDE: 'GUIDED', ASK: 'PROPOSED', EXECUTE: 'APPROVED' } as const;

type Change = Partial<ActionLife>;
type Changes = { [Type in ActionFact['type']]: (fact: Extract<ActionFact, { type: Type }>, life: ActionLife) => Change };

/** What each fact changes. */
const changes: Changes = {
  // Its groups are those of then: the policy goes by those of now.
  'action.proposed': ({ actionId, caseId, actionClass, target, severity, confidence }) =>
    ({ state: 'PROPOSED', actionId, caseId, actionClass, target, severity, confidence }),
  'action.decided': ({ decision }) => ({ state: DECIDED[decision] }),
  'action.approval-requested': ({ at, expiresAt }) => ({ state: 'AWAITING_APPROVAL', askedAt: at, expiresAt }),
  'action.approved': () => ({ state: 'APPROVED', approved: true }),
  'action.denied': () => ({ state: 'DENIED' }),
  'action.expired': () => ({ state: 'EXPIRED' }),
  'action.guided': () => ({ state: 'GUIDED' }),
  'action.skipped': () => ({ state: 'SKIPPED' }),
  'action.started': ({ inverting }, { state, undos }) => (inverting ? { state: 'REVERTING', before: state === 'NONE' ? 'OUTCOME_UNKNOWN' : state, undos: undos + 1 } : { state: 'EXECUTING' }),
  'action.finished': ({ outcome, vendorRef, at }, { unknowns, unknownSince }) => ({
    state: outcome, ours: vendorRef !== '', ...(outcome === 'OUTCOME_UNKNOWN' ? { unknowns: unknowns + 1, unknownSince: unknownSince || at, unknownAt: at } : {}),
  }),
  'action.verified': ({ effective }) => ({ state: effective ? 'VERIFIED' : 'VERIFY_FAILED' }),
  'action.reverted': () => ({ state: 'REVERTED' }),
  'action.revert-failed': (_, { before }) => ({ state: before }),
  'action.done-by-customer': () => ({ state: 'DONE_BY_CUSTOMER' }),
};

/** Total: a fact it does not know leaves the life as it is. */
export const evolve = (life: ActionLife, fact: ActionFact): ActionLife => {
  const change = changes[fact.type] as ((fact: ActionFact, life: ActionLife) => Change) | undefined;
  return change ? { ...life, ...change(fact, life) } : life;
};
