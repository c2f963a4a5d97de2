import type { ActionFact, ActionPropose } from '#contracts';
import { Refused } from '#libs/model';
import { askPolicy } from './ask-policy.js';
import { actionClassOf, targetKnown } from '#libs/policy';
import { settingsOf, type ActionDecision } from './context.js';
import { endOrAsk } from './follow-decision.js';
import { evolve } from './state.js';
import { wantAgain } from './want-again.js';

export const propose: ActionDecision<ActionPropose> = (request, life, context) => {
  if (life.state !== 'NONE') return wantAgain(request, life, context);
  if (context.actor.side === 'CUSTOMER') throw new Refused('only the provider proposes actions', 'WRONG_SIDE');
  const kind = actionClassOf(request.actionClass);
  if (!kind) throw new Refused(`there is no action class ${request.actionClass}`, 'UNKNOWN_ACTION_CLASS');
  if (kind.targetKind !== request.target.kind)
    throw new Refused(`${request.actionClass} acts on a ${kind.targetKind.toLowerCase()}`, 'WRONG_TARGET');
  if (!request.target.id || !request.target.entity)
    throw new Refused('the target needs an id and an entity', 'WRONG_TARGET');
  const { type: _type, assetGroups: _handedIn, joinedAt: _joinedAt, ...rest } = request;
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
  return [proposed, ...endOrAsk(begun, said, context)];
};
