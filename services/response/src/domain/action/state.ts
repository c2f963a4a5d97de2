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
  assetGroups: string[];
  /** The customer agreed, or was out of reach and had opted in. */
  approved: boolean;
  askedAt: number;
  expiresAt: number;
  /** Attempts whose outcome stayed unknown. */
  unknowns: number;
}

export const nothing: ActionLife = {
  state: 'NONE', actionId: '', caseId: '', actionClass: '', target: { kind: 'HOST', id: '', entity: '' }, severity: 'UNKNOWN', confidence: 0,
  assetGroups: [], approved: false, askedAt: 0, expiresAt: 0, unknowns: 0,
};

const DECIDED = { FORBID: 'SKIPPED', GUIDE: 'GUIDED', ASK: 'PROPOSED', EXECUTE: 'APPROVED' } as const;

type Change = Partial<ActionLife>;
type Changes = { [Type in ActionFact['type']]: (fact: Extract<ActionFact, { type: Type }>, life: ActionLife) => Change };

/** What each fact changes. */
const changes: Changes = {
  'action.proposed': ({ actionId, caseId, actionClass, target, severity, confidence, assetGroups }) =>
    ({ state: 'PROPOSED', actionId, caseId, actionClass, target, severity, confidence, assetGroups }),
  'action.decided': ({ decision }) => ({ state: DECIDED[decision] }),
  'action.approval-requested': ({ at, expiresAt }) => ({ state: 'AWAITING_APPROVAL', askedAt: at, expiresAt }),
  'action.approved': () => ({ state: 'APPROVED', approved: true }),
  'action.denied': () => ({ state: 'DENIED' }),
  'action.expired': () => ({ state: 'EXPIRED' }),
  'action.guided': () => ({ state: 'GUIDED' }),
  'action.skipped': () => ({ state: 'SKIPPED' }),
  'action.started': ({ inverting }) => ({ state: inverting ? 'REVERTING' : 'EXECUTING' }),
  'action.finished': ({ outcome }, { unknowns }) => ({ state: outcome, unknowns: unknowns + (outcome === 'OUTCOME_UNKNOWN' ? 1 : 0) }),
  'action.verified': ({ effective }) => ({ state: effective ? 'VERIFIED' : 'VERIFY_FAILED' }),
  'action.reverted': () => ({ state: 'REVERTED' }),
  'action.revert-failed': () => ({ state: 'VERIFIED' }),
  'action.done-by-customer': () => ({ state: 'DONE_BY_CUSTOMER' }),
};

/** Total: a fact it does not know leaves the life as it is. */
export const evolve = (life: ActionLife, fact: ActionFact): ActionLife => {
  const change = changes[fact.type] as ((fact: ActionFact, life: ActionLife) => Change) | undefined;
  return change ? { ...life, ...change(fact, life) } : life;
};
