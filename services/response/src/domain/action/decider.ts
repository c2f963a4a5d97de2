import type {
  ActionRequest,
  ActionFact,
  ActionPropose,
  ActionRecordResult,
  ActionRecordVerification,
  TenantState,
} from '#contracts';
import { Refused, type Decider } from '#libs/model';
import { actionClassOf } from './classes.js';
import { targetKnown } from '../policy/target.js';
import { askPolicy, settingsOf, type Tenancy } from './ask-policy.js';
import { answerApproval, expire, markDone } from './customer.js';
import { recordIdentity } from './identity.js';
import { askWho, endOf } from './follow-decision.js';
import { ASK_FOR_MS, pauseAt } from './limits.js';
import { evolve, nothing, type ActionLife } from './state.js';
import { recordReverted, revert } from './undo.js';

const only = (side: Tenancy['actor']['side'], { actor }: Tenancy, what: string): void => {
  if (actor.side !== side) throw new Refused(`only the ${side.toLowerCase()} side may ${what}`, 'WRONG_SIDE');
};

const propose = (request: ActionPropose, life: ActionLife, context: Tenancy): ActionFact[] => {
  if (life.state !== 'NONE') return [];
  if (context.actor.side === 'CUSTOMER') throw new Refused('only the provider proposes actions', 'WRONG_SIDE');
  const kind = actionClassOf(request.actionClass);
  if (!kind) throw new Refused(`there is no action class ${request.actionClass}`, 'UNKNOWN_ACTION_CLASS');
  if (kind.targetKind !== request.target.kind)
    throw new Refused(`${request.actionClass} acts on a ${kind.targetKind.toLowerCase()}`, 'WRONG_TARGET');
  if (!request.target.id || !request.target.entity)
    throw new Refused('the target needs an id and an entity', 'WRONG_TARGET');
  const { type: _type, assetGroups: _handedIn, ...rest } = request;
  const { groups: assetGroups } = targetKnown(request.target, [], settingsOf(context));
  const proposed: ActionFact = {
    type: 'action.proposed',
    ...rest,
    assetGroups,
    openc2Action: kind.openc2Action,
    reactId: kind.reactId,
    d3fend: kind.d3fend,
    inverse: kind.inverse,
    ttlMinutes: kind.defaultTtlMinutes,
    by: context.actor,
    at: context.now,
  };
  const begun = evolve(life, proposed);
  const said = askPolicy(begun, context);
  return [proposed, ...(endOf(begun, said, context) ?? [askWho(begun, said, context)])];
};

/**
 * Agreed on, or unanswered for long enough: the policy is asked again, then the vendor, and the policy once more over
 * all that it tells.
 */
const execute = (life: ActionLife, context: Tenancy): ActionFact[] => {
  if (life.state !== 'APPROVED' && life.state !== 'AWAITING_APPROVAL') return [];
  only('SYSTEM', context, 'execute actions');
  // It expires, if late: a question whose time is over is one that was not left unanswered.
  if (life.state === 'AWAITING_APPROVAL' && context.now >= life.expiresAt) return [];
  const said = askPolicy(life, context);
  if (said.decision === 'ASK' && life.state === 'AWAITING_APPROVAL') return [];
  const end = endOf(life, said, context);
  if (end) return end;
  const { actionId, caseId } = life;
  const unanswered: ActionFact[] =
    life.state === 'AWAITING_APPROVAL'
      ? [{ type: 'action.approved', actionId, caseId, comment: said.because, by: context.actor, at: context.now }]
      : [];
  return [...unanswered, askWho(life, said, context)];
};

/** Too soon after the last: another asking is under way and keeps going. Too long after the first: people must look. */
const isAskedEnough = ({ unknowns, unknownSince, unknownAt }: ActionLife, now: number): boolean =>
  unknowns > 0 && (now < unknownAt + pauseAt(unknowns - 1) / 2 || now > unknownSince + ASK_FOR_MS);

const recordResult = (
  { outcome, detail, vendorRef, alreadyInForce }: ActionRecordResult,
  life: ActionLife,
  context: Tenancy,
): ActionFact[] => {
  only('SYSTEM', context, 'record results');
  if (life.state !== 'EXECUTING' && life.state !== 'OUTCOME_UNKNOWN') return [];
  if (outcome === 'OUTCOME_UNKNOWN' && isAskedEnough(life, context.now)) return [];
  const { actionId, caseId, actionClass, target, vendor, vendorId } = life;
  return [
    {
      type: 'action.finished',
      actionId,
      caseId,
      actionClass,
      target,
      outcome,
      detail,
      vendorRef,
      vendor,
      vendorId,
      alreadyInForce,
      at: context.now,
    },
  ];
};

const recordVerification = (
  { effective, evidence }: ActionRecordVerification,
  life: ActionLife,
  context: Tenancy,
): ActionFact[] => {
  only('SYSTEM', context, 'record verifications');
  if (!['SUCCEEDED', 'PARTIAL', 'VERIFY_FAILED'].includes(life.state)) return [];
  const { actionId, caseId, actionClass, target } = life;
  return [{ type: 'action.verified', actionId, caseId, actionClass, target, effective, evidence, at: context.now }];
};

const decide = (request: ActionRequest, life: ActionLife, context: Tenancy): ActionFact[] => {
  if (request.type === 'action.propose') return propose(request, life, context);
  if (life.state === 'NONE') throw new Refused('there is no such action', 'UNKNOWN_ACTION');
  switch (request.type) {
    case 'action.approve':
      return answerApproval('action.approved', request.comment, life, context);
    case 'action.deny':
      return answerApproval('action.denied', request.comment, life, context);
    case 'action.expire':
      return expire(life, context);
    case 'action.execute':
      return execute(life, context);
    case 'action.record-identity':
      return recordIdentity(request, life, context);
    case 'action.record-result':
      return recordResult(request, life, context);
    case 'action.record-verification':
      return recordVerification(request, life, context);
    case 'action.mark-done':
      return markDone(request.comment, life, context);
    case 'action.revert':
      return revert(request, life, context);
    case 'action.record-reverted':
      return recordReverted(request, life, context);
  }
};

/** The life of a response action: proposed, its target identified, decided by policy, carried out, verified, undone. */
export const actionStream: Decider<ActionLife, ActionRequest, ActionFact, TenantState> = {
  subject: 'action',
  version: 6,
  key: (request) => request.actionId,
  initial: () => nothing,
  evolve,
  decide,
};
