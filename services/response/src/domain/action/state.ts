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
  revertReason: string;
}

export const nothing: ActionLife = {
  state: 'NONE', actionId: '', caseId: '', actionClass: '', target: { kind: 'HOST', id: '', entity: '' }, severity: 'UNKNOWN', confidence: 0,
  assetGroups: [], approved: false, askedAt: 0, expiresAt: 0, unknowns: 0, revertReason: '',
};

const DECIDED = { FORBID: 'SKIPPED', GUIDE: 'GUIDED', ASK: 'PROPOSED', EXECUTE: 'APPROVED' } as const;

/** Total: facts it has no use for leave the state as it is. */
export const evolve = (life: ActionLife, fact: ActionFact): ActionLife => {
  switch (fact.type) {
    case 'action.proposed': {
      const { actionId, caseId, actionClass, target, severity, confidence, assetGroups } = fact;
      return { ...life, state: 'PROPOSED', actionId, caseId, actionClass, target, severity, confidence, assetGroups };
    }
    case 'action.decided': return { ...life, state: DECIDED[fact.decision] };
    case 'action.approval-requested': return { ...life, state: 'AWAITING_APPROVAL', askedAt: fact.at, expiresAt: fact.expiresAt };
    case 'action.approved': return { ...life, state: 'APPROVED', approved: true };
    case 'action.denied': return { ...life, state: 'DENIED' };
    case 'action.expired': return { ...life, state: 'EXPIRED' };
    case 'action.guided': return { ...life, state: 'GUIDED' };
    case 'action.skipped': return { ...life, state: 'SKIPPED' };
    case 'action.started': return { ...life, state: fact.inverting ? 'REVERTING' : 'EXECUTING' };
    case 'action.finished': return { ...life, state: fact.outcome, unknowns: life.unknowns + (fact.outcome === 'OUTCOME_UNKNOWN' ? 1 : 0) };
    case 'action.verified': return { ...life, state: fact.effective ? 'VERIFIED' : 'VERIFY_FAILED' };
    case 'action.reverted': return { ...life, state: 'REVERTED' };
    case 'action.revert-failed': return { ...life, state: 'VERIFIED' };
    case 'action.done-by-customer': return { ...life, state: 'DONE_BY_CUSTOMER' };
    default: return life;
  }
};
