import type { ActionFact, ActionRecordAllowance } from '#contracts';
import { hostsAllowed, isContaining } from '#libs/terms';
import type { Authorization } from '#libs/policy';
import { askPolicy } from './ask-policy.js';
import { onlySide, settingsOf, type ActionContext, type ActionDecision } from './context.js';
import { endOrAsk, followDecision } from './follow-decision.js';
import { IDENTITY_LASTS_MS } from './limits.js';
import { evolve, type ActionLife } from './state.js';

/**
 * The policy would let a host be cut off without a person: how many were, in all cases, one stream of the tenant knows.
 * @returns undefined where nobody need be asked.
 */
export const allowanceAsked = (
  life: ActionLife,
  { decision }: Authorization,
  context: ActionContext,
): ActionFact[] | undefined => {
  const { policy, assets } = settingsOf(context);
  const { actionId, caseId, actionClass, target, vendor, vendorId, askings: asking, agreed, allowance } = life;
  if (decision !== 'EXECUTE' || agreed === 'CUSTOMER' || allowance !== 'UNASKED') return undefined;
  if (target.kind !== 'HOST' || !isContaining(actionClass) || !hostsAllowed(policy.guards, assets.length))
    return undefined;
  const host = `${vendor}/${vendorId}`;
  return [{ type: 'action.allowance-requested', actionId, caseId, asking, host, at: context.now }];
};

/** Told whether one host more may be acted on, the policy decides: over the bound a person is asked. */
export const recordAllowance: ActionDecision<ActionRecordAllowance> = (request, life, context) => {
  onlySide('SYSTEM', context, 'only the system side may record allowances');
  if (life.state !== 'RESOLVING' || life.allowance !== 'ASKED' || request.asking !== life.askings) return [];
  const { granted, hosts, limit, hours } = request;
  const { actionId, caseId } = life;
  const told: ActionFact = {
    type: 'action.allowance-told',
    actionId,
    caseId,
    granted,
    hosts,
    limit,
    hours,
    at: context.now,
  };
  const next = evolve(life, told);
  const said = askPolicy(next, context);
  // A name may mean somebody else by now.
  const isOld = context.now > life.identifiedAt + IDENTITY_LASTS_MS;
  return [told, ...(isOld ? endOrAsk : followDecision)(next, said, context)];
};
