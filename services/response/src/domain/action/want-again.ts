import type { ActionPropose } from '#contracts';
import { idOf } from '#libs/model';
import { hasEndedUnheld } from '#libs/terms';
import type { ActionDecision } from './context.js';
import { MAX_AGAIN, NO_LASTS_MS } from './limits.js';

/** Id of the action as which one that ended is proposed once more: one for each, whatever wants it. */
export const nextOf = (actionId: string): string => idOf('action', 'again', actionId);

/**
 * What ended without holding is wanted once more, as an action of its own, by what was found after its end; what had
 * been found by then is bound by how it ended, and a no binds a while longer: nobody is worn down by being asked. Each
 * hands on to the next, so that none that lives, or holds, is doubled: the stream of the last one decides.
 */
export const wantAgain: ActionDecision<ActionPropose> = (request, life, { actor, now }) => {
  const { actionId, caseId, actionClass, target, state, endedAt, wantedFor, again } = life;
  if (state === 'NONE' || !hasEndedUnheld(state) || again + 1 > MAX_AGAIN || actor.side !== 'SYSTEM') return [];
  const { type: _type, actionId: _actionId, assetGroups: _groups, again: _again, ...wanted } = request;
  const isSame =
    wanted.caseId === caseId && wanted.actionClass === actionClass && wanted.target.entity === target.entity;
  const boundUntil = endedAt + (state === 'DENIED' ? NO_LASTS_MS : 0);
  if (!isSame || Math.min(wanted.detectedAt, now) <= Math.max(boundUntil, wantedFor)) return [];
  const next = { nextActionId: nextOf(actionId), again: again + 1 };
  return [{ type: 'action.wanted-again', actionId, caseId, state, ...next, wanted, at: now }];
};
