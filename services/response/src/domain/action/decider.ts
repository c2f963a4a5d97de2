import type { ActionRequest, ActionFact, TenantState } from '#contracts';
import { Refused, type Decider } from '#libs/model';
import { recordAllowance } from './allowance.js';
import { approve, deny, expire } from './approval.js';
import type { ActionDecision } from './context.js';
import { recordContact } from './contact.js';
import { execute } from './execute.js';
import { markDone } from './guidance.js';
import { recordIdentity } from './identity.js';
import { propose } from './propose.js';
import { recordResult, recordVerification } from './result.js';
import { evolve, nothing, type ActionLife } from './state.js';
import { supersede } from './supersede.js';
import { recordReverted, revert } from './undo.js';
import { withdraw } from './withdraw.js';

type ActionDecisions = { [Type in ActionRequest['type']]: ActionDecision<Extract<ActionRequest, { type: Type }>> };

const decisions: ActionDecisions = {
  'action.propose': propose,
  'action.record-identity': recordIdentity,
  'action.record-allowance': recordAllowance,
  'action.approve': approve,
  'action.deny': deny,
  'action.expire': expire,
  'action.execute': execute,
  'action.record-contact': recordContact,
  'action.record-result': recordResult,
  'action.record-verification': recordVerification,
  'action.mark-done': markDone,
  'action.withdraw': withdraw,
  'action.revert': revert,
  'action.record-reverted': recordReverted,
  'action.supersede': supersede,
};

const decide: ActionDecision<ActionRequest> = (request, life, context) => {
  if (life.state === 'NONE' && request.type !== 'action.propose')
    throw new Refused('there is no such action', 'UNKNOWN_ACTION');
  return (decisions[request.type] as ActionDecision<ActionRequest>)(request, life, context);
};

/** The life of a response action: proposed, its target identified, decided by policy, carried out, verified, undone. */
export const actionStream: Decider<ActionLife, ActionRequest, ActionFact, TenantState> = {
  subject: 'action',
  version: 14,
  key: (request) => request.actionId,
  initial: () => nothing,
  evolve,
  decide,
};
